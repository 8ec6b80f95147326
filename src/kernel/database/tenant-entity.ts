import { defineEntity, type EntityMetadata, type PolicyDef, p } from '@mikro-orm/core';
import { tenantTableAdditions } from './exceptions.js';
import { databaseRoles } from './roles.js';
import { currentOrgSql } from './tenancy-sql.js';

const tenantKey = {
  orgId: p.uuid().primary(),
  id: p.uuid().primary(),
};

function tenantPolicies(table: string): PolicyDef[] {
  return [
    {
      name: `${table}_tenant`,
      roles: [databaseRoles.app],
      using: `org_id = ${currentOrgSql}`,
      check: `org_id = ${currentOrgSql}`,
    },
    { name: `${table}_owner_all`, roles: [databaseRoles.owner], using: 'true', check: 'true' },
  ];
}

function assertDeclared(table: string, policies: PolicyDef[]): void {
  for (const { name } of policies) {
    if (name && tenantTableAdditions[table]?.policies?.[name]) continue;
    throw new Error(
      `Policy ${name ?? '(unnamed)'} of ${table} goes beyond the tenant rule: declare it, and why, in kernel/database/exceptions.ts.`,
    );
  }
}

/** The names of the tables that {@link tenantEntity} made, for the org predicate and the catalogue test. */
export const tenantEntityNames = new Set<string>();

/**
 * Maps a table that belongs to an organization: primary key `(org_id, id)`, row-level security forced, one
 * policy for the app bound to `app.org`, one for the owner so that migrations see the rows.
 * `policies` adds to these and must be declared in `exceptions.ts`; it throws otherwise.
 */
export function tenantEntity<
  const TName extends string,
  const TProperties extends Record<string, unknown>,
>(meta: {
  name: TName;
  tableName: string;
  properties: TProperties;
  indexes?: EntityMetadata['indexes'];
  uniques?: EntityMetadata['uniques'];
  checks?: EntityMetadata['checks'];
  policies?: PolicyDef[];
}) {
  assertDeclared(meta.tableName, meta.policies ?? []);
  tenantEntityNames.add(meta.name);
  return defineEntity({
    name: meta.name,
    tableName: meta.tableName,
    properties: { ...tenantKey, ...meta.properties },
    rowLevelSecurity: 'force',
    policies: [...tenantPolicies(meta.tableName), ...(meta.policies ?? [])],
    indexes: meta.indexes ?? [],
    uniques: meta.uniques ?? [],
    checks: (meta.checks ?? []) as never,
  });
}
