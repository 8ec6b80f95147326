import type pg from 'pg';
import {
  declaredTables,
  tenantTableAdditions,
  type DeclaredPolicy,
} from '../../../src/kernel/database/exceptions.js';
import { databaseRoles } from '../../../src/kernel/database/roles.js';
import { currentOrgSql } from '../../../src/kernel/database/tenancy-sql.js';

/** A policy as the catalogue shows it; its expressions as PostgreSQL prints them. */
export interface PolicyFacts {
  table: string;
  name: string;
  permissive: boolean;
  command: string;
  roles: string[];
  using: string | null;
  check: string | null;
}

const policySql = `
  select c.relname as table, p.polname as name, p.polpermissive as permissive,
    case p.polcmd when '*' then 'all' when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
      else 'delete' end as command,
    array(select coalesce(r.rolname, 'PUBLIC')::text from unnest(p.polroles) role left join pg_roles r on r.oid = role
      order by 1) as roles,
    pg_get_expr(p.polqual, p.polrelid) as using, pg_get_expr(p.polwithcheck, p.polrelid) as check
  from pg_policy p join pg_class c on c.oid = p.polrelid join pg_namespace n on n.oid = c.relnamespace`;

export async function readPolicies(client: pg.Client): Promise<PolicyFacts[]> {
  return (await client.query<PolicyFacts>(`${policySql} where n.nspname = 'public' order by 1, 2`)).rows;
}

/** What PostgreSQL makes of the declared SQL, told by a temporary table of the same name and columns. */
async function asPostgresPrints(
  client: pg.Client,
  table: string,
  policies: Readonly<Record<string, DeclaredPolicy>>,
): Promise<PolicyFacts[]> {
  await client.query(`create temp table ${table} (like public.${table})`);
  for (const [name, { command, role, using, check }] of Object.entries(policies)) {
    await client.query(
      `create policy ${name} on pg_temp.${table} for ${command} to ${databaseRoles[role]}
       ${using === null ? '' : `using (${using})`} ${check === null ? '' : `with check (${check})`}`,
    );
  }
  const { rows } = await client.query<PolicyFacts>(
    `${policySql} where c.oid = 'pg_temp.${table}'::regclass order by 2`,
  );
  await client.query(`drop table pg_temp.${table}`);
  return rows;
}

function tenantRule(table: string): Record<string, DeclaredPolicy> {
  const ofOrg = `org_id = ${currentOrgSql}`;
  return {
    [`${table}_tenant`]: { command: 'all', role: 'app', using: ofOrg, check: ofOrg, why: 'the rule' },
    [`${table}_owner_all`]: { command: 'all', role: 'owner', using: 'true', check: 'true', why: 'the rule' },
  };
}

/** The policies that each table has to have, and no others. */
export async function expectedPolicies(client: pg.Client, tenantTables: string[]): Promise<PolicyFacts[]> {
  const expected: PolicyFacts[] = [];
  for (const [table, { policies }] of Object.entries(declaredTables)) {
    if (policies) expected.push(...(await asPostgresPrints(client, table, policies)));
  }
  for (const table of tenantTables) {
    const policies = { ...tenantRule(table), ...tenantTableAdditions[table]?.policies };
    expected.push(...(await asPostgresPrints(client, table, policies)));
  }
  return expected;
}
