import type pg from 'pg';
import {
  declaredFunctions,
  declaredSequences,
  declaredTables,
  tenantTableAdditions,
  vendorSchemas,
} from '../../../src/kernel/database/exceptions.js';
import { databaseRoles } from '../../../src/kernel/database/roles.js';

/** `toolbox_app: SELECT` and the like, for comparing what is with what may be. */
type Grant = `${string}: ${string}`;

const tenantPrivileges = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
const roleOf = (role: string): string => databaseRoles[role as keyof typeof databaseRoles];

const grantsSql = `
  select n.nspname as schema, c.relname as name, c.relkind as kind, c.relispartition as partition,
    coalesce(r.rolname, 'PUBLIC')::text as grantee, acl.privilege_type as privilege, acl.is_grantable as grantable
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  cross join lateral (
    select (aclexplode(c.relacl)).*
    union all select (aclexplode(a.attacl)).* from pg_attribute a where a.attrelid = c.oid
  ) acl
  left join pg_roles r on r.oid = acl.grantee
  where n.nspname !~ '^(pg_|information_schema)' and acl.grantee <> c.relowner order by 1, 2, 5, 6`;

interface GrantFacts {
  schema: string;
  name: string;
  kind: string;
  partition: boolean;
  grantee: string;
  privilege: string;
  grantable: boolean;
}

function listGrants(grants: object): Grant[] {
  return Object.entries(grants).flatMap(([role, privileges]) =>
    (privileges as string[]).map((privilege): Grant => `${roleOf(role)}: ${privilege}`),
  );
}

function allowedGrants({ schema, name, kind, partition }: GrantFacts): Grant[] {
  const vendor = vendorSchemas[schema];
  if (vendor) return [...listGrants(vendor.grants), ...listGrants(vendor.tableGrants[name] ?? {})];
  if (partition) return [];
  if (kind === 'S')
    return (declaredSequences[name]?.usage ?? []).map((role): Grant => `${roleOf(role)}: USAGE`);
  const declared = declaredTables[name];
  if (declared) return listGrants(declared.grants);
  const additions = (tenantTableAdditions[name]?.grants ?? []).flatMap(({ to, privileges }) =>
    listGrants({ [to]: privileges }),
  );
  return [...listGrants({ app: tenantPrivileges }), ...additions];
}

async function grantFaults(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<GrantFacts>(grantsSql);
  return rows
    .filter(
      (grant) => grant.grantable || !allowedGrants(grant).includes(`${grant.grantee}: ${grant.privilege}`),
    )
    .map(({ schema, name, grantee, privilege }) => `${grantee} may ${privilege} on ${schema}.${name}`);
}

const functionsSql = `
  select n.nspname as schema, p.oid::regprocedure::text as signature, p.prosecdef as definer,
    p.proowner::regrole::text as owner,
    coalesce((select true from unnest(p.proconfig) setting where setting ~ '^search_path=("")?$'), false) as "fixedPath",
    array(select coalesce(r.rolname, 'PUBLIC')::text
      from aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) acl
      left join pg_roles r on r.oid = acl.grantee where acl.grantee <> p.proowner order by 1) as execute
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname !~ '^(pg_|information_schema)' order by 1, 2`;

interface FunctionFacts {
  schema: string;
  signature: string;
  definer: boolean;
  owner: string;
  fixedPath: boolean;
  execute: string[];
}

function functionFaults(facts: FunctionFacts): string[] {
  const { schema, signature, definer, owner, fixedPath, execute } = facts;
  if (schema in vendorSchemas)
    return definer ? [`function ${signature} of a vendor is SECURITY DEFINER`] : [];
  const declared = declaredFunctions[signature];
  if (!declared) return [`function ${signature} is not declared`];
  const faults: string[] = [];
  if (!fixedPath) faults.push(`function ${signature} has no fixed search_path`);
  if (definer !== declared.securityDefiner)
    faults.push(`function ${signature} is ${definer ? '' : 'not '}SECURITY DEFINER`);
  if (owner !== roleOf(declared.owner)) faults.push(`function ${signature} is owned by ${owner}`);
  const may = declared.execute.map(roleOf).sort().join();
  if (execute.join() !== may)
    faults.push(`function ${signature} may be called by ${execute.join()}, not ${may}`);
  return faults;
}

const schemasSql = `
  select n.nspname as name, n.nspowner::regrole::text as owner,
    coalesce(r.rolname, 'PUBLIC')::text as grantee, acl.privilege_type as privilege
  from pg_namespace n
  left join lateral aclexplode(n.nspacl) acl on acl.grantee <> n.nspowner left join pg_roles r on r.oid = acl.grantee
  where n.nspname !~ '^(pg_|information_schema$)' order by 1, 3, 4`;

async function schemaFaults(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{
    name: string;
    owner: string;
    grantee: string;
    privilege: string | null;
  }>(schemasSql);
  return rows.flatMap(({ name, grantee, privilege }) => {
    if (name !== 'public' && !(name in vendorSchemas)) return [`schema ${name} is not declared`];
    return privilege === 'CREATE' ? [`${grantee} may CREATE in schema ${name}`] : [];
  });
}

const rolesSql = `
  select r.rolname as name,
    array_remove(array[case when r.rolsuper then 'SUPERUSER' end, case when r.rolbypassrls then 'BYPASSRLS' end,
      case when r.rolcreaterole then 'CREATEROLE' end, case when r.rolcreatedb then 'CREATEDB' end,
      case when r.rolreplication then 'REPLICATION' end], null) as powers,
    array(select m.roleid::regrole::text from pg_auth_members m where m.member = r.oid order by 1) as member,
    array(select c.oid::regclass::text from pg_class c where c.relowner = r.oid order by 1) as owns
  from pg_roles r where r.rolname = any ($1) order by 1`;

async function roleFaults(client: pg.Client, runtimeRoles: string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string; powers: string[]; member: string[]; owns: string[] }>(
    rolesSql,
    [runtimeRoles],
  );
  return rows.flatMap(({ name, powers, member, owns }) => [
    ...powers.map((power) => `role ${name} has ${power}`),
    ...member.map((of) => `role ${name} is a member of ${of}`),
    ...owns.map((relation) => `role ${name} owns ${relation}`),
  ]);
}

/** The logins of running processes, and the one that owns the lookup functions. */
export const runtimeRoles: string[] = [
  databaseRoles.app,
  databaseRoles.relay,
  databaseRoles.admin,
  databaseRoles.lookup,
];

/** What is wrong with who may do what, in words. */
export async function findAccessFaults(client: pg.Client, roles = runtimeRoles): Promise<string[]> {
  const { rows: functions } = await client.query<FunctionFacts>(functionsSql);
  const { rows: sequences } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace`,
  );
  const { rows: defaults } = await client.query<{ role: string }>(
    'select defaclrole::regrole::text as role from pg_default_acl',
  );
  const signatures = new Set(functions.map(({ signature }) => signature));
  return [
    ...Object.keys(declaredFunctions)
      .filter((each) => !signatures.has(each))
      .map((each) => `function ${each} is declared and missing`),
    ...functions.flatMap(functionFaults),
    ...sequences
      .filter(({ name }) => !(name in declaredSequences))
      .map(({ name }) => `sequence ${name} is not declared`),
    ...(await grantFaults(client)),
    ...(await schemaFaults(client)),
    ...defaults.map(({ role }) => `default privileges of ${role} give rights to what does not exist yet`),
    ...(await roleFaults(client, roles)),
  ];
}
