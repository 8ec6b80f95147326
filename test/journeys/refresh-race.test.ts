import { startMailCatcher, type MailCatcher } from '../../src/embedded/mail/mail-catcher.js';
import { FollowFeed, Me, Refresh } from '../domains/accounts/documents.js';
import { createClient } from '../support/client.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { createPerson, signIn, type AppAddress } from '../support/factories/person.js';
import { openSocket } from '../support/socket.js';
import { promptlyMs } from '../support/promptly.js';
import { waitFor } from '../support/wait-for.js';
import { findFreePort, spawnToolbox, waitUntilServing, type ToolboxProcess } from './toolbox-process.js';

const presentations = 200;
/** Long enough for all presentations on a busy machine, short enough to see its end. */
const graceSeconds = 60;
const refused = 'ACCOUNTS_REFRESH_TOKEN_REFUSED';

describe('one refresh token at two processes', () => {
  const processes: ToolboxProcess[] = [];
  const nodes: AppAddress[] = [];
  let database: TestDatabase;
  let mail: MailCatcher;

  beforeAll(async () => {
    database = await createTestDatabase();
    mail = await startMailCatcher();
    // The first also publishes events; the second hears of them through PostgreSQL.
    await Promise.all([start('all'), start('api')]);
  }, 30_000);

  afterAll(async () => {
    for (const each of processes) each.kill('SIGTERM');
    await Promise.all(processes.map(({ ended }) => ended));
    await mail.stop();
    await database.drop();
  });

  async function start(mode: 'all' | 'api'): Promise<void> {
    const port = await findFreePort();
    const env = {
      NODE_ENV: 'test',
      LOG_LEVEL: 'error',
      PORT: String(port),
      PUBLIC_URL: 'http://toolbox.test',
      DATABASE_URL: database.url('app'),
      ...(mode === 'all' && { DATABASE_RELAY_URL: database.url('relay') }),
      SMTP_HOST: mail.host,
      SMTP_PORT: String(mail.smtpPort),
      SMTP_USE_TLS: 'false',
      SECRET_KEY: 'test-secret-key-0123456789-abcdefghijklmn',
      JWT_SECRET_KEY: 'test-jwt-secret-0123456789-abcdefghijklmn',
      JWT_REFRESH_TOKEN_GRACE_SECONDS: String(graceSeconds),
    };
    const started = await spawnToolbox([mode], { env });
    processes.push(started);
    const url = `http://localhost:${port}`;
    await waitUntilServing(started, url);
    nodes.push({ url, database });
  }

  const nodeAt = (index: number) => nodes[index % nodes.length] as AppAddress;
  const present = (index: number, refreshToken: string) =>
    createClient(nodeAt(index).url).send(Refresh, { input: { refreshToken } });

  it(`presented ${presentations} times at once has exactly one successor, and each of them gets it`, async () => {
    const person = await createPerson(nodeAt(0));
    const answers = await Promise.all(
      Array.from({ length: presentations }, (_, index) => present(index, person.refreshToken)),
    );
    expect(answers.flatMap(({ errors }) => errors)).toEqual([]);
    const successors = new Set(answers.map(({ data }) => data?.refreshTokens.refreshToken));
    expect(successors.size).toBe(1);
    expect(successors).not.toContain(person.refreshToken);
    const rows = await database.query<{ spent: boolean }>(
      'owner',
      'select spent_at is not null as spent from refresh_token where session_id = $1 order by created_at, id',
      [person.sessionId],
    );
    expect(rows).toEqual([{ spent: true }, { spent: false }]);
    const [successor = ''] = successors;
    expect((await present(1, successor ?? '')).errors).toEqual([]);
  });

  it('ends its session on every process and socket within a second when it comes back after the grace period', async () => {
    const person = await createPerson(nodeAt(0));
    const bystander = await signIn(nodeAt(0), person);
    const { data } = await present(0, person.refreshToken);
    const successor = data?.refreshTokens ?? { accessToken: '', refreshToken: '' };
    const sockets = nodes.map(({ url }) => openSocket(url, successor.accessToken));
    const kept = openSocket(nodeAt(1).url, bystander.accessToken);
    for (const socket of [...sockets, kept]) {
      let connected = false;
      socket.client.on('connected', () => (connected = true));
      socket.follow(FollowFeed, {});
      await waitFor(() => connected);
    }

    await database.query(
      'owner',
      `update refresh_token set spent_at = spent_at - interval '${graceSeconds + 1} seconds' where spent_at is not null`,
    );
    const { errors } = await present(1, person.refreshToken);
    const stolenAt = Date.now();
    expect(errors[0]?.extensions.code).toBe(refused);
    await waitFor(() => sockets.every(({ closed }) => closed.length === 1), { timeoutMs: promptlyMs });
    for (const { url } of nodes) {
      const me = () => createClient(url, successor.accessToken).send(Me, {});
      await waitFor(async () => (await me()).status === 401, {
        timeoutMs: Math.max(1, stolenAt + promptlyMs - Date.now()),
      });
    }
    expect((await present(0, successor.refreshToken)).errors[0]?.extensions.code).toBe(refused);
    expect(sockets.map(({ closed }) => closed[0]?.code)).toEqual([4403, 4403]);
    expect(kept.closed).toEqual([]);
    await Promise.all([...sockets, kept].map((socket) => socket.dispose()));
  });
});
