import { createClient as createSocketClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import { startMailCatcher, type MailCatcher } from '../../src/embedded/mail/mail-catcher.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createOwner, type Member } from '../support/factories/organization.js';
import { waitFor } from '../support/wait-for.js';
import { createBalancedClient, type BalancedClient } from './balanced-client.js';
import { findFreePort, spawnToolbox, waitUntilServing, type ToolboxProcess } from './toolbox-process.js';

const create = 'mutation($input: CreateEnvironmentInput!) { createEnvironment(input: $input) { id } }';
const invite = 'mutation($input: InviteMemberInput!) { inviteMember(input: $input) { id } }';
const subscription = `subscription($after: String) { feed(after: $after) {
  __typename cursor ... on EnvironmentChanged { change environment { id } } } }`;
const writers = 4;
const writesBetweenStops = 25;

interface Node {
  url: string;
  port: number;
  process: ToolboxProcess;
}

interface Item {
  __typename: string;
  cursor: string;
  environment?: { id: string };
}

describe('two APIs and two workers, restarted one after the other', () => {
  const apis: Node[] = [];
  const workers: ToolboxProcess[] = [];
  let database: TestDatabase;
  let mail: MailCatcher;
  let owner: Member;
  let client: BalancedClient;

  beforeAll(async () => {
    database = await createTestDatabase();
    mail = await startMailCatcher();
    const ports = [await findFreePort(), await findFreePort()];
    // One ends at once, as in development; the other tells its load balancer first.
    apis.push(...(await Promise.all(ports.map((port) => startApi(port)))));
    workers.push(...(await Promise.all([startWorker(), startWorker()])));
    owner = await createOwner({ url: apis[0]?.url ?? '', database });
    client = createBalancedClient(
      apis.map(({ url }) => url),
      owner.accessToken,
    );
  }, 60_000);

  afterAll(async () => {
    const all = [...apis.map((api) => api.process), ...workers];
    all.forEach((each) => each.kill('SIGKILL'));
    await Promise.all(all.map(({ ended }) => ended));
    await mail.stop();
    await database.drop();
    client.close();
  });

  const environment = () => ({
    NODE_ENV: 'test',
    LOG_LEVEL: 'warn',
    PUBLIC_URL: 'http://toolbox.test',
    DATABASE_URL: database.url('app'),
    DATABASE_RELAY_URL: database.url('relay'),
    SMTP_HOST: mail.host,
    SMTP_PORT: String(mail.smtpPort),
    SMTP_USE_TLS: 'false',
    SECRET_KEY: 'rolling-secret-key-0123456789-abcdefghijk',
    JWT_SECRET_KEY: 'rolling-jwt-secret-0123456789-abcdefghijk',
  });

  async function startApi(port: number): Promise<Node> {
    const env = { ...environment(), SHUTDOWN_ANNOUNCE_SECONDS: '1', PORT: String(port) };
    const process = await spawnToolbox(['api'], { env });
    const url = `http://localhost:${port}`;
    await waitUntilServing(process, url, 30_000);
    return { url, port, process };
  }

  async function startWorker(): Promise<ToolboxProcess> {
    const worker = await spawnToolbox(['worker'], { env: environment() });
    await waitFor(() => worker.output().includes('worker is running'), { timeoutMs: 30_000 });
    return worker;
  }

  /** A stock client: it reconnects by itself, and goes on from the cursor that it was given last. */
  function subscribe(received: Item[], after: string): { socket: Client; connections: () => number } {
    let connections = 0;
    const variables = { after };
    const socket = createSocketClient({
      url: () => `${(apis[connections % apis.length]?.url ?? '').replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${owner.accessToken}` },
      retryAttempts: 20,
      retryWait: () => new Promise((resolve) => setTimeout(resolve, 20)),
      on: { connected: () => (connections += 1) },
    });
    socket.subscribe<{ feed: Item }>(
      { query: subscription, variables },
      {
        next: ({ data }) => {
          if (!data) return;
          received.push(data.feed);
          variables.after = data.feed.cursor;
        },
        error: (error) => received.push({ __typename: `failed: ${JSON.stringify(error)}`, cursor: '' }),
        complete: () => received.push({ __typename: 'completed', cursor: '' }),
      },
    );
    return { socket, connections: () => connections };
  }

  it('fail no request, do every job once, and leave subscribers no gap', async () => {
    const received: Item[] = [];
    const { feed } = await client.run<{ feed: { cursor: string } }>('{ feed { cursor } }', {});
    const { socket, connections } = subscribe(received, feed.cursor);
    await waitFor(() => connections() === 1, { what: 'the subscriber is connected' });
    const seed = await client.run<{ createEnvironment: { id: string } }>(create, { name: 'Seed' });
    const created = [seed.createEnvironment.id];
    await waitFor(() => received.length === 1, { what: 'the subscriber follows' });

    const invited: string[] = [];
    const failures: unknown[] = [];
    let goOn = true;
    const write = async (writer: number) => {
      for (let n = 0; goOn; n += 1) {
        try {
          const { createEnvironment } = await client.run<{ createEnvironment: { id: string } }>(create, {
            name: `World ${writer}-${n}`,
          });
          created.push(createEnvironment.id);
          if (n % 5 > 0) continue;
          const email = `guest-${writer}-${n}@example.com`;
          await client.run(invite, { email, role: 'MEMBER' });
          invited.push(email);
        } catch (error) {
          failures.push(error);
        }
      }
    };
    const writing = Promise.all(Array.from({ length: writers }, (_, writer) => write(writer)));
    const moreWrites = async () => {
      const until = created.length + writesBetweenStops;
      await waitFor(() => created.length >= until || failures.length > 0, {
        timeoutMs: 20_000,
        what: 'writes go on',
      });
    };

    await moreWrites();
    const ends: (number | null)[] = [];
    for (const [index, { port, process }] of apis.entries()) {
      process.kill('SIGTERM');
      await moreWrites();
      ends.push((await process.ended).code);
      const [worker] = workers.splice(0, 1);
      worker?.kill('SIGTERM');
      await moreWrites();
      ends.push((await worker?.ended)?.code ?? null);
      const [nextWorker, nextApi] = await Promise.all([startWorker(), startApi(port)]);
      workers.push(nextWorker);
      apis[index] = nextApi;
      await moreWrites();
    }
    goOn = false;
    await writing;

    expect(failures).toEqual([]);
    expect(ends).toEqual([0, 0, 0, 0]);
    const rows = await database.query<{ id: string }>(
      'owner',
      'select id from environment where org_id = $1',
      [owner.orgId],
    );
    expect(rows.map(({ id }) => id).sort()).toEqual([...created].sort());
    await waitFor(() => received.length >= created.length, {
      timeoutMs: 10_000,
      what: 'the subscriber has everything',
    });
    expect(received.filter(({ __typename }) => __typename !== 'EnvironmentChanged')).toEqual([]);
    expect(received.map(({ environment: seen }) => seen?.id).sort()).toEqual([...created].sort());
    expect(connections()).toBeGreaterThan(1);
    const mailed = () => mail.messages().flatMap(({ envelope }) => envelope.to);
    await waitFor(() => mailed().length >= invited.length, { timeoutMs: 20_000, what: 'all mails' });
    expect(mailed().sort()).toEqual([...invited].sort());
    socket.terminate();
    await socket.dispose();
  }, 120_000);
});
