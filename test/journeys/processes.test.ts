import { createServer } from 'node:net';
import { access } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';
import {
  createScratchDirectory,
  findFreePort,
  runToolbox,
  spawnToolbox,
  waitUntilServing,
  type ToolboxProcess,
} from './toolbox-process.js';

const newest = `(select max(name) from migration)`;

const production = {
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://toolbox.example',
  BIND_ADDRESS: '127.0.0.1',
  SECRET_KEY: 'J1cSvtQEm0pYdXw2kBzR7gLhN4aUf9oT6iVeC3sP8xM',
  JWT_SECRET_KEY: 'b7QmZpX2nKfR9vLwT4cYhJ6sD1gA8eUo3iN5tMqVxWk',
  DATA_ENCRYPTION_KEY: `${Buffer.alloc(32, 7).toString('base64url')}=`,
  SMTP_HOST: '127.0.0.1',
  SMTP_USE_TLS: 'false',
  FROM_EMAIL: 'toolbox@toolbox.example',
  SHUTDOWN_ANNOUNCE_SECONDS: '0',
};

describe('processes of Toolbox', () => {
  let scratch: Awaited<ReturnType<typeof createScratchDirectory>>;
  let database: TestDatabase;
  const started: ToolboxProcess[] = [];

  beforeAll(async () => {
    scratch = await createScratchDirectory();
    database = await createTestDatabase();
  });

  afterAll(async () => {
    started.forEach((each) => each.kill('SIGKILL'));
    await Promise.all(started.map(({ ended }) => ended));
    await database.drop();
    await scratch.remove();
  });

  const stateDirectory = () => path.join(scratch.directory, 'state');
  const environment = (given: Record<string, string> = {}) => ({
    PORT: '0',
    TOOLBOX_STATE_DIR: stateDirectory(),
    DATABASE_URL: database.url('app'),
    DATABASE_RELAY_URL: database.url('relay'),
    ...given,
  });

  async function serve(
    mode: string,
    given: Record<string, string> = {},
  ): Promise<ToolboxProcess & { url: string }> {
    const port = await findFreePort();
    const toolbox = await spawnToolbox([mode], { env: environment({ PORT: String(port), ...given }) });
    started.push(toolbox);
    const url = `http://localhost:${port}`;
    await waitUntilServing(toolbox, url);
    return { ...toolbox, url };
  }

  describe('refuse to start, with words and without a stack,', () => {
    it('on a port that is taken', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await once(taken, 'listening');
      const { port } = taken.address() as { port: number };
      const { code, err } = await runToolbox(['all'], { env: environment({ PORT: String(port) }) });
      taken.close();
      expect({ code, err }).toEqual({
        code: 1,
        err: `Port ${port} of 127.0.0.1 cannot be opened: another program has it. Stop that program, or set PORT to a free port.\n`,
      });
    }, 30_000);

    it('as a login for which row-level security would not hold', async () => {
      const [superuser, owner] = await Promise.all(
        (['superuser', 'owner'] as const).map((login) =>
          runToolbox(['api'], { env: environment({ DATABASE_URL: database.url(login) }) }),
        ),
      );
      expect(superuser).toMatchObject({ code: 1, out: '' });
      expect(superuser?.err).toMatch(/^The database login postgres is a superuser, .*toolbox_app.*\n$/);
      expect(owner).toMatchObject({ code: 1, out: '' });
      expect(owner?.err).toMatch(/^The database login toolbox_owner owns tables; .*toolbox_app.*\n$/);
    }, 30_000);

    it('without PostgreSQL, or let in by it, naming server and login but not the password', async () => {
      const wrongPassword = new URL(database.url('app'));
      wrongPassword.password = 'hunter2';
      const [nobody, stranger] = await Promise.all(
        ['postgres://toolbox_app:hunter2@127.0.0.1:1/toolbox', wrongPassword.href].map((url) =>
          runToolbox(['api'], { env: environment({ DATABASE_URL: url }) }),
        ),
      );
      expect(nobody).toMatchObject({ code: 1, out: '' });
      expect(nobody?.err).toMatch(
        /^PostgreSQL at 127\.0\.0\.1:1 does not let toolbox_app into .*ECONNREFUSED.*DATABASE_URL\.\n$/,
      );
      expect(stranger).toMatchObject({ code: 1, out: '' });
      expect(stranger?.err).toMatch(/password authentication failed/);
      expect(`${nobody?.err}${stranger?.err}`).not.toContain('hunter2');
    }, 30_000);

    it('on a database that lacks migrations of this release, naming them and the command', async () => {
      const behind = await createTestDatabase();
      try {
        const [last] = await behind.query<{ name: string }>(
          'owner',
          `delete from migration where name = ${newest} returning name`,
        );
        const [api, worker] = await Promise.all(
          ['api', 'worker'].map((mode) =>
            runToolbox([mode], {
              env: environment({ DATABASE_URL: behind.url('app'), DATABASE_RELAY_URL: behind.url('relay') }),
            }),
          ),
        );
        for (const result of [api, worker]) {
          expect(result).toMatchObject({ code: 1, out: '' });
          expect(result?.err).toContain(`lacks a migration of this release (${last?.name})`);
          expect(result?.err).toContain('npm run migrate up');
        }
        await behind.query('superuser', 'drop table migration');
        const empty = await runToolbox(['api'], { env: environment({ DATABASE_URL: behind.url('app') }) });
        expect(empty).toMatchObject({ code: 1, out: '' });
        expect(empty.err).toMatch(/lacks \d+ migrations of this release/);
      } finally {
        await behind.drop();
      }
    }, 30_000);
  });

  it('serve a database that a newer release has migrated further', async () => {
    const ahead = await createTestDatabase();
    const newer = `insert into migration (name, executed_at) values ('Migration29991231000000_newer', now())`;
    await ahead.query('owner', newer);
    const toolbox = await serve('api', { DATABASE_URL: ahead.url('app') });
    toolbox.kill('SIGTERM');
    expect((await toolbox.ended).code).toBe(0);
    await ahead.drop();
  }, 30_000);

  it('work as API and worker apart, and end with 0 on SIGTERM and SIGINT', async () => {
    const api = await serve('api');
    const worker = await spawnToolbox(['worker'], { env: environment() });
    started.push(worker);
    await waitFor(() => worker.output().includes('worker is running'), {
      timeoutMs: 15_000,
      what: 'the worker runs',
    });
    const answer = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    expect(await answer.json()).toEqual({ data: { __typename: 'Query' } });
    api.kill('SIGTERM');
    worker.kill('SIGINT');
    const ends = await Promise.all([api.ended, worker.ended]);
    expect(ends.map(({ code, err }) => ({ code, err }))).toEqual([
      { code: 0, err: '' },
      { code: 0, err: '' },
    ]);
  }, 30_000);

  it('in production start no stand-in, keep nothing on disk, and show no pages of development', async () => {
    const nowhere = path.join(scratch.directory, 'production');
    const toolbox = await serve('all', { ...production, TOOLBOX_STATE_DIR: nowhere });
    const paths = ['/dev/mail/', '/graphql'];
    const responses = await Promise.all(
      paths.map((each) => fetch(`${toolbox.url}${each}`, { headers: { accept: 'text/html' } })),
    );
    expect(responses.map(({ status }) => status)).toEqual([404, 405]);
    const introspection = await fetch(`${toolbox.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __schema { types { name } } }"}',
    });
    expect(await introspection.text()).toContain('introspection');
    toolbox.kill('SIGTERM');
    const { code, out } = await toolbox.ended;
    expect(code).toBe(0);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { msg: string });
    expect(lines.map(({ msg }) => msg)).toEqual(expect.arrayContaining(['started', 'stopping', 'stopped']));
    await expect(access(nowhere)).rejects.toThrow('ENOENT');
  }, 30_000);

  it('end at once on a second signal, when the first one takes too long', async () => {
    const toolbox = await serve('api', { SHUTDOWN_ANNOUNCE_SECONDS: '10', SHUTDOWN_FORCE_SECONDS: '60' });
    const startedAt = Date.now();
    toolbox.kill('SIGTERM');
    const repeat = setInterval(() => toolbox.kill('SIGTERM'), 200);
    const { code } = await toolbox.ended;
    clearInterval(repeat);
    expect(code).toBe(1);
    expect(Date.now() - startedAt).toBeGreaterThan(900);
    expect(Date.now() - startedAt).toBeLessThan(8000);
  }, 30_000);

  it('cut off requests that do not come to their end in time, and still end cleanly', async () => {
    const toolbox = await serve('api', { SHUTDOWN_DRAIN_SECONDS: '1' });
    const endless = fetch(`${toolbox.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: endlessBody(),
      duplex: 'half',
    });
    const outcome = expect(endless).rejects.toThrow('fetch failed');
    toolbox.kill('SIGTERM');
    expect((await toolbox.ended).code).toBe(0);
    await outcome;
  }, 30_000);
});

/** A request that never comes to its end. */
function endlessBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) });
}
