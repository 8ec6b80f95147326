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

/** The target has not taken the request: it refused the connection, or had closed the idle one. */
class NotTaken extends Error {}

/**
 * What a load balancer does before several nodes, over connections that are kept: requests go round, and one is moved to
 * the next node only where the first has certainly not begun it, or answered 503.
 */
export function createBalancedClient(targets: string[], accessToken: string): BalancedClient {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  let turn = 0;
  let moved = 0;

  function send(target: string, payload: string): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${accessToken}` };
      const sent = request(`${target}/graphql`, { method: 'POST', agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString() }),
        );
      });
      sent.once('error', (error: NodeJS.ErrnoException) => {
        const isIdleClosed = sent.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(error.code ?? '');
        reject(error.code === 'ECONNREFUSED' || isIdleClosed ? new NotTaken() : error);
      });
      sent.end(payload);
    });
  }

  return {
    async run<R>(query: string, input: object) {
      const payload = JSON.stringify({ query, variables: { input } });
      for (let attempt = 0; ; attempt += 1) {
        const target = targets[turn++ % targets.length] ?? '';
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
