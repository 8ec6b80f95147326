import { randomBytes } from 'node:crypto';
import pg from 'pg';

export const templateDatabase = 'toolbox_template';
export const testPasswords = { owner: 'owner', app: 'app', relay: 'relay', admin: 'admin' };

export type Login = 'superuser' | keyof typeof testPasswords;

/** The URL of a database of the run's server, as one of its logins. */
export function urlOf(login: Login, database: string): string {
  const superuser = process.env['TOOLBOX_TEST_SUPERUSER_URL'];
  if (!superuser) throw new Error('The test server is not running: run tests with `npm run jest`.');
  const url = new URL(`/${database}`, superuser);
  if (login !== 'superuser') {
    url.username = `toolbox_${login}`;
    url.password = testPasswords[login];
  }
  return url.href;
}

export interface TestDatabase {
  name: string;
  url: (login: Login) => string;
  /** Runs a statement as a login; the owner sees every row. */
  query: <R extends object>(login: Login, sql: string, params?: unknown[]) => Promise<R[]>;
  drop(): Promise<void>;
}

async function run<R extends object>(url: string, sql: string, params: unknown[] = []): Promise<R[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<R>(sql, params)).rows;
  } finally {
    await client.end();
  }
}

/** A migrated database of the test's own, cloned from the template. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const admin = urlOf('superuser', 'postgres');
  await run(
    admin,
    `create database ${name} template ${templateDatabase} strategy file_copy owner toolbox_owner`,
  );
  await run(admin, `grant connect on database ${name} to toolbox_app, toolbox_relay, toolbox_admin`);
  const url = (login: Login) => urlOf(login, name);
  // A clone is a restore: the first worker would raise the epoch, and followers of before would be told of a gap.
  await run(url('relay'), 'select event_epoch_refresh()');
  return {
    name,
    url,
    query: (login, sql, params) => run(url(login), sql, params),
    drop: async () => {
      await run(admin, `drop database ${name} with (force)`);
    },
  };
}
