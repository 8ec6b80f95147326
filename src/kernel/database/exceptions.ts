import { PLATFORM_ORG_ID } from '../ids.js';
import type { databaseRoles } from './roles.js';
import { currentOrgSql, currentUserSql } from './tenancy-sql.js';

/** Who holds a privilege or is named by a policy. */
export type RoleName = keyof typeof databaseRoles;
export type Privilege = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';
export type Grants = Partial<Record<Exclude<RoleName, 'owner'>, readonly Privilege[]>>;

/** One policy, whole: the catalogue has to say exactly this. Null where PostgreSQL has no such clause. */
export interface DeclaredPolicy {
  command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  role: RoleName;
  using: string | null;
  check: string | null;
  why: string;
}

/** A table that is not an ordinary tenant table. Without `policies` it has no row-level security. */
export interface DeclaredTable {
  why: string;
  grants: Grants;
  policies?: Readonly<Record<string, DeclaredPolicy>>;
}

/** What an ordinary tenant table has beside the rule. */
export interface TenantTableAdditions {
  policies?: Readonly<Record<string, DeclaredPolicy>>;
  grants?: Readonly<
    { to: Exclude<RoleName, 'owner' | 'app'>; privileges: readonly Privilege[]; why: string }[]
  >;
  /** Indexes that do not begin with `org_id`, and why. */
  indexes?: Readonly<Record<string, string>>;
}

export interface DeclaredFunction {
  securityDefiner: boolean;
  owner: RoleName;
  execute: readonly RoleName[];
  why: string;
}

export interface DeclaredVendorSchema {
  why: string;
  /** On each of its tables. */
  grants: Grants;
  /** On some of them, beside these. */
  tableGrants: Readonly<Record<string, Grants>>;
}

const ofPlatform = `org_id = '${PLATFORM_ORG_ID}'::uuid`;
const ofOrg = `org_id = ${currentOrgSql}`;
const accountGrants: Grants = { app: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'] };

function allRows(role: RoleName, command: DeclaredPolicy['command'], why: string): DeclaredPolicy {
  return { command, role, using: 'true', check: command === 'select' ? null : 'true', why };
}

const ownerAll = allRows('owner', 'all', 'Else migrations would be blind to every row.');

/** Tables that are not made by `tenantEntity()`. Every other table in schema `public` has to keep its rules. */
export const declaredTables: Readonly<Record<string, DeclaredTable>> = {
  migration: { why: 'The names of the applied migrations; no rows of anybody.', grants: { app: ['SELECT'] } },
  account: {
    why: 'People exist before and beside organizations; sign-in asks by login.',
    grants: accountGrants,
  },
  registration: { why: 'Asked by its token, before anybody has an account.', grants: accountGrants },
  session: { why: "A sign-in is an account's, whatever organization it works in.", grants: accountGrants },
  refresh_token: { why: 'Asked by its hash, before anybody is signed in.', grants: accountGrants },
  event_epoch: {
    why: 'One number about the whole log.',
    grants: { app: ['SELECT'], relay: ['SELECT', 'UPDATE'] },
  },
  organization: {
    why: 'The root of tenancy: its id is what org_id means elsewhere.',
    grants: { app: ['SELECT', 'INSERT', 'UPDATE'] },
    policies: {
      organization_tenant: {
        command: 'all',
        role: 'app',
        using: `id = ${currentOrgSql}`,
        check: `id = ${currentOrgSql}`,
        why: 'The tenant rule, on the column that is the organization itself.',
      },
      organization_members_read: {
        command: 'select',
        role: 'app',
        using: `id in (select m.org_id from membership m where m.user_id = ${currentUserSql})`,
        check: null,
        why: 'A person sees the names of all their organizations, to switch between them.',
      },
      organization_owner_all: ownerAll,
    },
  },
  event: {
    why: 'Partitioned by the day in its id, and read by the relay across organizations.',
    grants: { app: ['SELECT', 'INSERT'], relay: ['SELECT', 'UPDATE'] },
    policies: {
      event_tenant_read: {
        command: 'select',
        role: 'app',
        using: `${ofOrg} or (${ofPlatform} and user_id = ${currentUserSql})`,
        check: null,
        why: "The organization's events, and what the platform tells this account alone.",
      },
      event_tenant_write: {
        command: 'insert',
        role: 'app',
        using: null,
        check: `${ofOrg} or ${ofPlatform}`,
        why: 'A change may also concern the platform: an ended session, a lost membership.',
      },
      event_relay_read: allRows(
        'relay',
        'select',
        'The relay claims unpublished events of every organization.',
      ),
      event_relay_publish: allRows('relay', 'update', 'The relay gives each event its position.'),
      event_owner_all: ownerAll,
    },
  },
  event_stream: {
    why: "Holds each stream's head; its key is the organization alone.",
    grants: { app: ['SELECT'], lookup: ['SELECT'], relay: ['SELECT', 'INSERT', 'UPDATE'] },
    policies: {
      event_stream_tenant_read: {
        command: 'select',
        role: 'app',
        using: `${ofOrg} or ${ofPlatform}`,
        check: null,
        why: "Everybody's feed reads the platform's stream beside their organization's.",
      },
      event_stream_relay: allRows('relay', 'all', 'The relay counts positions of every stream.'),
      event_stream_lookup: allRows('lookup', 'select', 'For event_stream_heads.'),
      event_stream_owner_all: ownerAll,
    },
  },
};

/** Partitions of these parents take their rules: row-level security forced, no grants and no policies of their own. */
export const partitionedTables: readonly string[] = ['event'];

/** What tables of `tenantEntity()` have beside its rules. `tenantEntity` refuses a policy that is not here. */
export const tenantTableAdditions: Readonly<Record<string, TenantTableAdditions>> = {
  membership: {
    policies: {
      membership_own_read: {
        command: 'select',
        role: 'app',
        using: `user_id = ${currentUserSql}`,
        check: null,
        why: '"My organizations" is asked before an organization is known.',
      },
    },
    indexes: { membership_user: 'Serves membership_own_read, which has no organization.' },
  },
  invitation: {
    policies: {
      invitation_lookup: allRows('lookup', 'select', 'For invitation_by_token_hash.'),
    },
    grants: [{ to: 'lookup', privileges: ['SELECT'], why: 'For invitation_by_token_hash.' }],
    indexes: { invitation_token_hash_index: 'Serves invitation_by_token_hash, which knows only the token.' },
  },
  idempotency_key: {
    policies: {
      idempotency_key_own: {
        command: 'all',
        role: 'app',
        using: `org_id = ${currentUserSql}`,
        check: `org_id = ${currentUserSql}`,
        why: "Writes outside any organization are remembered under the account's own id.",
      },
    },
    indexes: { idempotency_key_expires_at: 'Serves idempotency_key_purge, which forgets keys of everybody.' },
  },
};

/** Every function in schema `public`, by its signature. Each has `search_path` fixed. */
export const declaredFunctions: Readonly<Record<string, DeclaredFunction>> = {
  'event_id_floor(date)': {
    securityDefiner: false,
    owner: 'owner',
    execute: [],
    why: 'Computes the bounds of a partition; used by event_partition_ensure.',
  },
  'event_partition_ensure(integer)': {
    securityDefiner: true,
    owner: 'owner',
    execute: ['app'],
    why: 'A worker makes the partitions of the coming days, and the app owns no table.',
  },
  'event_partition_drop(integer)': {
    securityDefiner: true,
    owner: 'owner',
    execute: ['app'],
    why: 'A worker drops published days that are past their time, and the app owns no table.',
  },
  'event_stream_heads(uuid[])': {
    securityDefiner: true,
    owner: 'lookup',
    execute: ['app'],
    why: 'One poll asks for the heads of all streams that a node follows; gives positions only.',
  },
  'event_epoch_refresh()': {
    securityDefiner: false,
    owner: 'owner',
    execute: ['relay'],
    why: 'The relay notices a restore or failover at its start.',
  },
  'invitation_by_token_hash(bytea)': {
    securityDefiner: true,
    owner: 'lookup',
    execute: ['app'],
    why: 'An invitation is accepted before its organization is known; gives org and id only.',
  },
  'idempotency_key_purge(integer)': {
    securityDefiner: true,
    owner: 'owner',
    execute: ['app'],
    why: 'Expired keys of every organization are forgotten, which the app cannot see across.',
  },
};

/** Sequences in schema `public`, and who may take numbers. */
export const declaredSequences: Readonly<Record<string, { usage: readonly RoleName[]; why: string }>> = {
  event_seq: {
    usage: ['app'],
    why: 'The order of unpublished events; not an identity column before PostgreSQL 17.',
  },
  membership_version_seq: {
    usage: ['app'],
    why: 'Versions of memberships grow whatever the clock of a node says; tokens are compared by them.',
  },
  migration_id_seq: { usage: [], why: 'Numbers the applied migrations.' },
};

/** Schemas beside `public`. What a vendor's own migrations made keeps the vendor's shape. */
export const vendorSchemas: Readonly<Record<string, DeclaredVendorSchema>> = {
  pgboss: {
    grants: { app: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], relay: ['SELECT'] },
    // The relay makes the consumers' jobs in the transaction that publishes an event.
    tableGrants: { job: { relay: ['INSERT'] }, job_common: { relay: ['INSERT'] } },
    why: 'The job queues: ids only, and no rows of an organization.',
  },
};
