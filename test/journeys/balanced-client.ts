import { Agent, request } from 'node:http';

export interface BalancedClient {
  /** The data of an operation, from whichever target takes it. @throws when one took it and failed */
  run<R>(query: string, input: object): Promise<R>;
  /** Requests that went to another target after one had not taken them. */
  readonly moved: number;
  close(): void;
}

interface Reply {
  status: number;
  body: string;
}

/** Longer than a node announces its end. */
const leavingMs = 3000;

/** The target has not taken the request: it refused the connection, or had closed the idle one. */
class NotTaken extends Error {}

/**
 * What a load balancer does before several nodes, over connections that are kept: requests go round, and one is moved to
 * the next node only where the first has certainly not begun it, or answered 503. A node that announces its end
 * (`connection: close`, as `/health/ready` does by 503) gets nothing more.
 */
export function createBalancedClient(targets: string[], accessToken: string): BalancedClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let turn = 0;
  let moved = 0;
  /** Until when a target that said it is going gets nothing more. */
  const leavingUntil = new Map<string, number>();

  function nextTarget(): string {
    const now = Date.now();
    const staying = targets.filter((target) => (leavingUntil.get(target) ?? 0) < now);
    const among = staying.length > 0 ? staying : targets;
    return among[turn++ % among.length] ?? '';
  }

  function send(target: string, payload: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
      const sent = request(`${target}/graphql`, { method: 'POST', agent, headers }, (response) => {
        if (response.headers.connection === 'close') leavingUntil.set(target, Date.now() + leavingMs);
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      });
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // Reset before a byte of an answer: were it carried out all the same, the test would find it twice.
        const notTaken = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(error.code ?? '');
        reject(notTaken ? new NotTaken() : error);
      });
      sent.end(payload);
    });
  }

  return {
    async run<R>(query: string, input: object) {
      const payload = JSON.stringify({ query, variables: { input } });
      for (let attempt = 0; ; attempt += 1) {
        const target = nextTarget();
        try {
          const { status, body } = await send(target, payload);
          if (status === 503 && attempt < 10) throw new NotTaken();
          const { data, errors } = JSON.parse(body) as { data?: R; errors?: unknown };
          if (!data || errors) throw new Error(`${target} answered ${status}: ${body}`);
          return data;
        } catch (error) {
          if (!(error instanceof NotTaken) || attempt >= 10) throw error;
          moved += 1;
        }
      }
    },
    get moved() {
      return moved;
    },
    close: () => agent.destroy(),
  };
}
