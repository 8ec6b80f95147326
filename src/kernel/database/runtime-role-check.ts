import type pg from 'pg';
import { StartError } from '../start-error.js';
import { connectForChecks } from './connect-for-checks.js';
import { databaseRoles } from './roles.js';

/** The variables that name the logins of running processes. */
export type RuntimeUrl = keyof typeof loginOf;

const loginOf = { DATABASE_URL: databaseRoles.app, DATABASE_RELAY_URL: databaseRoles.relay } as const;

/** The runtime login could read or change what row-level security is there to keep from it. */
export class UnsafeRuntimeRoleError extends StartError {
  override readonly name = 'UnsafeRuntimeRoleError';

  constructor(role: string, faults: string[], variable: RuntimeUrl) {
    super(
      `The database login ${role} ${faults.join(', ')}; row-level security would not hold for it. ` +
        `Give ${variable} the login ${loginOf[variable]} (\`migrate roles\` creates it) and keep the owner's for migrations.`,
    );
  }
}

const faultsSql = `
  with recursive granted(oid) as (
    select oid from pg_roles where rolname = current_user
    union
    select m.roleid from pg_auth_members m join granted g on m.member = g.oid
  )
  select
    bool_or(r.rolsuper) as superuser,
    bool_or(r.rolbypassrls) as bypasses,
    exists (
      select from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and c.relowner in (select oid from granted)
        and n.nspname in ('public', 'pgboss')
    ) as owns,
    current_user as role
  from pg_roles r where r.oid in (select oid from granted)`;

/**
 * Refuses a runtime login that is superuser, has BYPASSRLS, owns a table, or belongs to a role of which that
 * is true.
 * @throws UnsafeRuntimeRoleError
 */
export async function checkRuntimeRole(
  client: pg.Client,
  variable: RuntimeUrl = 'DATABASE_URL',
): Promise<void> {
  const { rows } = await client.query<{
    superuser: boolean;
    bypasses: boolean;
    owns: boolean;
    role: string;
  }>(faultsSql);
  const [row] = rows;
  if (!row) throw new Error('PostgreSQL does not say who is connected.');
  const faults = [
    row.superuser && 'is a superuser',
    row.bypasses && 'has BYPASSRLS',
    row.owns && 'owns tables',
  ].filter((fault) => fault !== false);
  if (faults.length > 0) throw new UnsafeRuntimeRoleError(row.role, faults, variable);
}

/**
 * The same for the login of a URL.
 * @throws UnsafeRuntimeRoleError
 * @throws StartError when it is not let in
 */
export async function checkRuntimeUrl(url: string, variable: RuntimeUrl): Promise<void> {
  const client = await connectForChecks(url, variable);
  try {
    await checkRuntimeRole(client, variable);
  } finally {
    await client.end();
  }
}
