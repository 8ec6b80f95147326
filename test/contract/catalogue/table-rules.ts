import type pg from 'pg';
import {
  declaredTables,
  partitionedTables,
  tenantTableAdditions,
} from '../../../src/kernel/database/exceptions.js';
import { databaseRoles } from '../../../src/kernel/database/roles.js';
import { expectedPolicies, readPolicies, type PolicyFacts } from './expected-policies.js';

interface RelationFacts {
  name: string;
  kind: string;
  owner: string;
  parent: string | null;
  enabled: boolean;
  forced: boolean;
  orgId: string | null;
  primaryKey: string[] | null;
}

const relationsSql = `
  select c.relname as name, c.relkind as kind, c.relowner::regrole::text as owner,
    (select i.inhparent::regclass::text from pg_inherits i where i.inhrelid = c.oid) as parent,
    c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
    (select format_type(a.atttypid, null) || case when a.attnotnull then ' not null' else '' end
      from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped) as "orgId",
    (select array(select a.attname::text from unnest(k.conkey) with ordinality key(num, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = key.num order by place)
      from pg_constraint k where k.conrelid = c.oid and k.contype = 'p') as "primaryKey"
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f') order by 1`;

const indexesSql = `
  select t.relname as table, i.relname as index, a.attname as first
  from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
  join pg_namespace n on n.oid = t.relnamespace
  left join pg_attribute a on a.attrelid = t.oid and a.attnum = x.indkey[0]
  where n.nspname = 'public' order by 1, 2`;

const foreignKeysSql = `
  select k.conname as name, f.relname as from, t.relname as to, k.confdeltype as rule,
    array(select a.attname::text from unnest(k.conkey) with ordinality key(num, place)
      join pg_attribute a on a.attrelid = f.oid and a.attnum = key.num order by place) as columns,
    array(select a.attname::text from unnest(k.confkey) with ordinality key(num, place)
      join pg_attribute a on a.attrelid = t.oid and a.attnum = key.num order by place) as referenced,
    array(select a.attname::text from unnest(k.confdelsetcols) num
      join pg_attribute a on a.attrelid = f.oid and a.attnum = num) as emptied
  from pg_constraint k join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
  join pg_namespace n on n.oid = f.relnamespace
  where k.contype = 'f' and n.nspname = 'public' and k.conparentid = 0 order by 1`;

/** Tables to which the whole tenant rule applies: every one that is not declared to be something else. */
function isTenantTable({ name, kind, parent }: RelationFacts): boolean {
  return (kind === 'r' || kind === 'p') && !parent && !(name in declaredTables);
}

function relationFaults(relation: RelationFacts): string[] {
  const { name, kind, owner, parent, enabled, forced, orgId, primaryKey } = relation;
  if (kind !== 'r' && kind !== 'p')
    return [`${name} is a view or foreign table: row-level security is its owner's`];
  const faults: string[] = [];
  if (owner !== databaseRoles.owner) faults.push(`table ${name} is owned by ${owner}`);
  if (parent && !partitionedTables.includes(parent))
    faults.push(`${name} inherits from ${parent}, undeclared`);
  if (parent || isTenantTable(relation) || declaredTables[name]?.policies) {
    if (!enabled) faults.push(`table ${name} has no row-level security`);
    if (!forced) faults.push(`table ${name} does not force row-level security`);
  }
  if (isTenantTable(relation)) {
    if (orgId !== 'uuid not null')
      faults.push(`table ${name} has no org_id uuid not null, and is not declared global`);
    if (primaryKey?.join() !== 'org_id,id')
      faults.push(`table ${name} has the primary key (${primaryKey?.join() ?? ''})`);
  }
  return faults;
}

function policyFaults(actual: PolicyFacts[], expected: PolicyFacts[]): string[] {
  const key = ({ table, name }: PolicyFacts) => `policy ${name} of ${table}`;
  const byKey = (policies: PolicyFacts[]) =>
    new Map(policies.map((policy) => [key(policy), JSON.stringify(policy)]));
  const [is, should] = [byKey(actual), byKey(expected)];
  return [
    ...[...is.keys()].filter((each) => !should.has(each)).map((each) => `${each} is not declared`),
    ...[...should.keys()].filter((each) => !is.has(each)).map((each) => `${each} is missing`),
    ...[...is]
      .filter(([each, facts]) => should.has(each) && should.get(each) !== facts)
      .map(([each, facts]) => `${each} is ${facts}, not ${should.get(each)}`),
  ];
}

async function indexFaults(client: pg.Client, tenantTables: Set<string>): Promise<string[]> {
  const { rows } = await client.query<{ table: string; index: string; first: string | null }>(indexesSql);
  return rows
    .filter(({ table, first }) => tenantTables.has(table) && first !== 'org_id')
    .filter(({ table, index }) => !tenantTableAdditions[table]?.indexes?.[index])
    .map(({ table, index, first }) => `index ${index} of ${table} begins with ${first ?? 'an expression'}`);
}

interface ForeignKeyFacts {
  name: string;
  from: string;
  to: string;
  rule: string;
  columns: string[];
  referenced: string[];
  emptied: string[];
}

async function foreignKeyFaults(client: pg.Client, tenantTables: Set<string>): Promise<string[]> {
  const { rows } = await client.query<ForeignKeyFacts>(foreignKeysSql);
  return rows
    .filter(({ from, to }) => tenantTables.has(from) || tenantTables.has(to))
    .flatMap(({ name, from, to, rule, columns, referenced, emptied }) => {
      const faults: string[] = [];
      const sameOrg = columns[0] === 'org_id' && referenced[0] === 'org_id';
      if (tenantTables.has(to) && !sameOrg)
        faults.push(`foreign key ${name} of ${from} can cross organizations`);
      if (rule === 'a') faults.push(`foreign key ${name} of ${from} has no delete rule`);
      const clears = rule === 'n' || rule === 'd';
      if (clears && columns.includes('org_id') && (emptied.length === 0 || emptied.includes('org_id'))) {
        faults.push(`foreign key ${name} of ${from} empties org_id`);
      }
      return faults;
    });
}

/** What is wrong with the tables of schema `public`, in words. */
export async function findTableFaults(client: pg.Client): Promise<string[]> {
  const { rows: relations } = await client.query<RelationFacts>(relationsSql);
  const tenantTables = relations.filter(isTenantTable).map(({ name }) => name);
  const names = new Set(relations.map(({ name }) => name));
  const actual = await readPolicies(client);
  const comparable = new Set(
    relations
      .filter((each) => !isTenantTable(each) || each.orgId?.startsWith('uuid'))
      .map(({ name }) => name),
  );
  const expected = await expectedPolicies(
    client,
    tenantTables.filter((name) => comparable.has(name)),
  );
  return [
    ...Object.keys(declaredTables)
      .filter((name) => !names.has(name))
      .map((name) => `table ${name} is declared and missing`),
    ...relations.flatMap(relationFaults),
    ...policyFaults(actual, expected),
    ...(await indexFaults(client, new Set(tenantTables))),
    ...(await foreignKeyFaults(client, new Set(tenantTables))),
  ];
}
