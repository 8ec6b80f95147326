import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { projectDirectory, runToolbox } from '../journeys/toolbox-process.js';
import { urlOf, type Login } from '../support/database.js';

const name = `test_migrate_${randomBytes(4).toString('hex')}`;
const migrate = (...args: string[]) =>
  runToolbox(['migrate', ...args], { env: { DATABASE_OWNER_URL: urlOf('owner', name) } });

async function superuser(database: string, sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: urlOf('superuser', database) });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function committedMigrations(): Promise<string[]> {
  const files = await readdir(path.join(projectDirectory, 'migrations'));
  return files
    .filter((file) => /^Migration.*\.ts$/.test(file))
    .map((file) => path.parse(file).name)
    .sort();
}

describe('migrate, on an empty database', () => {
  let all: string[];

  beforeAll(async () => {
    all = await committedMigrations();
    await superuser('postgres', `create database ${name}`);
  });

  afterAll(async () => {
    await superuser('postgres', `drop database ${name} with (force)`);
  });

  it('makes the roles with the passwords that the URLs carry', async () => {
    const url = (login: Login) => urlOf(login, name);
    const { code, out } = await runToolbox(['migrate', 'roles'], {
      env: {
        DATABASE_SUPERUSER_URL: urlOf('superuser', name),
        DATABASE_OWNER_URL: url('owner'),
        DATABASE_URL: url('app'),
        DATABASE_RELAY_URL: url('relay'),
        DATABASE_ADMIN_URL: url('admin'),
      },
    });
    expect({ code, out: out.trim() }).toEqual({
      code: 0,
      out: `The roles of Toolbox are ready in ${name}. Next: migrate up.`,
    });
    expect(
      await superuser(
        name,
        `select pg_get_userbyid(datdba) as owner from pg_database where datname = '${name}'`,
      ),
    ).toEqual([{ owner: 'toolbox_owner' }]);
  });

  it('says what making the roles needs', async () => {
    const { code, err } = await runToolbox(['migrate', 'roles']);
    expect(code).toBe(78);
    expect(err).toContain('DATABASE_SUPERUSER_URL');
  });

  it('goes up once, tells what it did, and down again step by step', async () => {
    expect((await migrate('status')).out.trim().split('\n')).toEqual([
      `0 applied, ${all.length} pending`,
      ...all.map((each) => `pending  ${each}`),
    ]);
    expect(await migrate('up')).toMatchObject({ code: 0, out: `Applied:\n${all.join('\n')}\n` });
    expect(await migrate('up')).toMatchObject({ code: 0, out: 'Nothing to apply.\n' });
    const history = (await migrate('history')).out.trim().split('\n');
    expect(history.map((line) => line.split('  ')[1])).toEqual(all);
    expect(Date.now() - Date.parse(history[0]?.split('  ')[0] ?? '')).toBeLessThan(60_000);

    expect(await migrate('down')).toMatchObject({ code: 0, out: `Reverted:\n${all.at(-1)}\n` });
    expect((await migrate('status')).out).toContain(`${all.length - 1} applied, 1 pending`);
    expect((await migrate('down', '0')).code).toBe(0);
    expect((await migrate('status')).out).toContain(`0 applied, ${all.length} pending`);
    const left = `select count(*)::int as n from pg_class where relnamespace in
      (select oid from pg_namespace where nspname in ('public', 'pgboss')) and relkind in ('r', 'p') and relname <> 'migration'`;
    expect(await superuser(name, left)).toEqual([{ n: 0 }]);
  }, 40_000);

  it('finds the committed migrations in step with the entities, and nothing to create', async () => {
    const before = await readdir(path.join(projectDirectory, 'migrations'));
    expect(await migrate('check')).toMatchObject({ code: 0, out: '', err: '' });
    expect(await migrate('create')).toMatchObject({
      code: 0,
      out: expect.stringContaining('match') as string,
    });
    expect(await readdir(path.join(projectDirectory, 'migrations'))).toEqual(before);
  });
});
