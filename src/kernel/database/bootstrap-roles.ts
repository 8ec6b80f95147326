import pg from 'pg';
import { databaseRoles } from './roles.js';

/** The logins to create, with the passwords that the connection URLs carry. */
export interface RolePasswords {
  owner: string;
  app: string;
  relay: string;
  admin: string;
}

const { owner, app, relay, admin, lookup } = databaseRoles;

/**
 * Creates the logins that are missing and sets their passwords, and makes `toolbox_owner` the owner of the
 * database. Needs a superuser. Repeatable.
 */
export async function bootstrapRoles(
  superuserUrl: string,
  database: string,
  passwords: RolePasswords,
): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    await client.query('begin');
    // Two starts at once would both find a role missing.
    await client.query('select pg_advisory_xact_lock(hashtext($1))', ['toolbox-bootstrap']);
    for (const [role, password] of [
      [owner, passwords.owner],
      [app, passwords.app],
      [relay, passwords.relay],
      [admin, passwords.admin],
      [lookup, null],
    ] as const) {
      await ensureRole(client, role, password);
    }
    // The owner hands the lookup functions to their own role.
    await client.query(`grant ${lookup} to ${owner}`);
    const name = pg.escapeIdentifier(database);
    await client.query(`alter database ${name} owner to ${owner}`);
    await client.query(`revoke all on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${app}, ${relay}, ${admin}`);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, role: string, password: string | null): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await client.query(`create role ${role}`);
  const login = password === null ? 'nologin' : `login password ${pg.escapeLiteral(password)}`;
  await client.query(
    `alter role ${role} ${login} nosuperuser nocreatedb nocreaterole nobypassrls noreplication`,
  );
}

/** Creates the database when it is missing, in UTF-8. */
export async function ensureDatabase(superuserUrl: string, database: string): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [database]);
    if (rowCount === 0) {
      await client.query(
        `create database ${pg.escapeIdentifier(database)} encoding 'UTF8' template template0`,
      );
    }
  } finally {
    await client.end();
  }
}
