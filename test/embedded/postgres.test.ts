import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, type QueryResultRow } from 'pg';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../../src/embedded/postgres/embedded-postgres.js';
import { readPostmasterFile } from '../../src/embedded/postgres/postmaster-file.js';

const ignore = () => undefined;

describe('the embedded PostgreSQL', () => {
  let stateDirectory: string;
  let database: EmbeddedPostgres;

  const start = (warn: (fields: object, message: string) => void = ignore) =>
    startEmbeddedPostgres({
      stateDirectory,
      log: { info: ignore, warn },
      settings: { fsync: 'off', shared_buffers: '16MB' },
      ownerName: 'the test',
    });

  beforeAll(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'toolbox postgres '));
    // What an initdb that was killed half-way leaves.
    await mkdir(join(stateDirectory, 'postgres.1.draft', 'data', 'base'), { recursive: true });
    await writeFile(join(stateDirectory, 'postgres.1.draft', 'data', 'PG_VERSION'), '18');
    database = await start();
  });

  afterAll(async () => {
    await database.stop();
    await rm(stateDirectory, { recursive: true, force: true });
  });

  async function query<Row extends QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = new Client(database.superuserUrl);
    await client.connect();
    try {
      return (await client.query<Row>(text, values)).rows;
    } finally {
      await client.end();
    }
  }

  it('is UTF-8 with the built-in C.UTF-8 locale and in UTC, whatever the machine is set to', async () => {
    const [row] = await query(`
      select pg_encoding_to_char(encoding) as encoding, datlocprovider::text as provider, datlocale as locale,
             current_setting('TimeZone') as zone
      from pg_database where datname = 'template1'`);
    expect(row).toEqual({ encoding: 'UTF8', provider: 'b', locale: 'C.UTF-8', zone: 'UTC' });
  });

  it('is reached on the loopback interface with a password, and in no other way', async () => {
    const [row] = await query(`
      select current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
             (select array_agg(distinct auth_method) from pg_hba_file_rules) as methods`);
    expect(row).toEqual({ addresses: '127.0.0.1', sockets: '', methods: ['scram-sha-256'] });
    const stranger = new Client(database.superuserUrl.replace(/:[^:@]+@/, ':postgres@'));
    await expect(stranger.connect()).rejects.toThrow('password authentication failed');
  });

  it('leaves nothing of an interrupted initdb, and the password readable to its owner only', async () => {
    const files = await readdir(stateDirectory);
    expect(files.filter((name) => name.endsWith('.draft'))).toEqual([]);
    expect(await readdir(join(stateDirectory, 'postgres'))).toEqual(['data', 'password']);
    expect((await stat(join(stateDirectory, 'postgres', 'password'))).mode & 0o777).toBe(0o600);
  });

  it('writes neither statements nor the values of a failed one into its log', async () => {
    await query('create table person (email text primary key)');
    await query('insert into person values ($1)', ['ada@example.test']);
    await expect(query('insert into person values ($1)', ['ada@example.test'])).rejects.toThrow(
      'duplicate key',
    );
    const log = await readFile(join(stateDirectory, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('ada@example.test');
    expect(log).not.toContain('insert into');
  });

  it('refuses a second owner of the folder and says who the first is', async () => {
    await expect(start()).rejects.toMatchObject({
      code: 'in-use',
      message: expect.stringContaining(`process ${process.pid} (the test`) as string,
    });
  });

  it('keeps data and password over a restart, and stopping twice is no error', async () => {
    await query('create table kept as select 42 as answer');
    const { password } = new URL(database.superuserUrl);
    await Promise.all([database.stop(), database.stop()]);
    database = await start();
    expect(new URL(database.superuserUrl).password).toBe(password);
    expect(await query('select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('tells when the server dies, and starts over what that leaves behind', async () => {
    const pid = (await readPostmasterFile(database.dataDirectory))?.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    expect(await database.exited).toBeNull();
    await database.stop();
    database = await start();
    expect(await query('select answer from kept')).toEqual([{ answer: 42 }]);
  });

  it('starts although the lock file names a pid that another program has by now, and leaves that alone', async () => {
    await database.stop();
    await writeFile(
      join(database.dataDirectory, 'postmaster.pid'),
      `${process.ppid}\n${database.dataDirectory}\n1\n2\n`,
    );
    database = await start();
    expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
    expect(() => process.kill(process.ppid, 0)).not.toThrow();
  });

  it('starts over a lock file that was cut off', async () => {
    await database.stop();
    await writeFile(join(database.dataDirectory, 'postmaster.pid'), '');
    database = await start();
    expect(await query('select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('says what the server said when it does not start, and frees the folder', async () => {
    await database.stop();
    const refused = startEmbeddedPostgres({
      stateDirectory,
      log: { info: ignore, warn: ignore },
      settings: { max_connections: 'many' },
    });
    await expect(refused).rejects.toMatchObject({
      code: 'start-failed',
      message: expect.stringContaining('invalid value for parameter "max_connections": "many"') as string,
    });
    database = await start();
  }, 20_000);
});
