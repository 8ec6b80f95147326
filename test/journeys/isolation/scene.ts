import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestApp } from '../../support/app.js';
import { createMember, createOwner, enter, type Member } from '../../support/factories/organization.js';
import { createPerson } from '../../support/factories/person.js';
import { waitFor } from '../../support/wait-for.js';
import type { Known } from './known.js';

export interface Answer {
  status: number;
  body: unknown;
}

/** Sends any operation as it stands, without types. */
export async function send(
  app: TestApp,
  accessToken: string | null,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<Answer> {
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: await response.json() };
}

async function ask<T>(app: TestApp, accessToken: string, query: string, variables = {}): Promise<T> {
  const { body } = await send(app, accessToken, query, variables);
  const { data, errors } = body as { data: T | null; errors?: unknown };
  if (errors || !data) throw new Error(`the scene could not be set: ${JSON.stringify(errors)}`);
  return data;
}

/** An organization with something of everything in it. */
export interface Scene {
  owner: Member;
  known: Known;
  /** What must never be in an answer to a stranger. */
  secrets: string[];
  invitee: string;
  accounts: string[];
}

export async function createScene(app: TestApp, observer: pg.Client): Promise<Scene> {
  const tag = `alpha-${randomBytes(4).toString('hex')}`;
  const owner = await createOwner(app, `${tag} school`);
  const member = await createMember(app, owner.orgId, 'member');
  const invitee = `${tag}-invitee@example.com`;
  const token = owner.accessToken;
  const idempotencyKey = `${tag}-key`;
  const created = [];
  for (const step of ['draft', 'publish', 'archive', 'delete']) {
    const input = { name: `${tag} ${step}`, ...(step === 'draft' && { idempotencyKey }) };
    const made = await ask<{ createEnvironment: { id: string } }>(
      app,
      token,
      'mutation ($input: CreateEnvironmentInput!) { createEnvironment(input: $input) { id } }',
      { input },
    );
    const { id } = made.createEnvironment;
    if (step !== 'draft')
      await ask(app, token, `mutation { ${step}Environment(input: {id: "${id}"}) { id } }`);
    created.push(id);
  }
  await ask(app, token, `mutation { inviteMember(input: {email: "${invitee}", role: MEMBER}) { id } }`);
  await app.mail.waitFor({ to: invitee });
  await settled(observer);

  const lists = await ask<Record<string, { edges: { cursor: string; node: { id: string } }[] }>>(
    app,
    token,
    `{ environments { edges { cursor node { id } } } members { edges { cursor node { id } } }
      invitations { edges { cursor node { id } } } }`,
  );
  const cursorOf = (name: string) => lists[name]?.edges.at(-1)?.cursor ?? '';
  const invitationId = lists['invitations']?.edges[0]?.node.id ?? '';
  const { feed } = await ask<{ feed: { cursor: string } }>(app, token, '{ feed { cursor } }');
  const known: Known = {
    orgId: owner.orgId,
    userId: member.id,
    sessionId: owner.sessionId,
    environmentId: created[1] ?? '',
    invitationId,
    email: member.email,
    idempotencyKey,
    environmentCursor: cursorOf('environments'),
    invitationCursor: cursorOf('invitations'),
    memberCursor: cursorOf('members'),
    feedCursor: feed.cursor,
  };
  const memberships = lists['members']?.edges.map(({ node }) => node.id) ?? [];
  const people = [owner, member].flatMap(({ id, username, sessionId }) => [id, username, sessionId]);
  const secrets = [tag, owner.orgId, invitationId, ...created, ...memberships, ...people];
  return { owner, known, secrets, invitee, accounts: [owner.id, member.id] };
}

/** A connection that sees every row, kept open for the many looks at them. */
export async function openObserver(app: TestApp): Promise<pg.Client> {
  const observer = new pg.Client({ connectionString: app.database.url('superuser') });
  await observer.connect();
  return observer;
}

/** Resolves when every event is published and everything that follows from it is done. */
export async function settled(observer: pg.Client): Promise<void> {
  const sql = `select (select count(*) from event where position is null)
      + (select count(*) from mail_message where status in ('queued', 'sending'))
      + (select count(*) from pgboss.job where state in ('created', 'retry', 'active') and start_after <= now()) as waiting`;
  await waitFor(async () => (await observer.query<{ waiting: string }>(sql)).rows[0]?.waiting === '0', {
    timeoutMs: 15_000,
    what: 'the end of everything that was under way',
  });
}

const tablesSql = `
  select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'org_id'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by 1`;

/** The tables that hold rows of organizations, whatever tables there are. */
export async function tablesOfOrgs(observer: pg.Client): Promise<string[]> {
  return (await observer.query<{ name: string }>(tablesSql)).rows.map(({ name }) => name);
}

/** A checksum of each table's rows of the scene: its organization's, and its people's. */
export async function checksums(
  observer: pg.Client,
  { known, accounts }: Scene,
): Promise<Record<string, string>> {
  const sum = (table: string, where: string) =>
    `select '${table}' as table, count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as sum
     from ${table} t where ${where}`;
  const parts = [
    ...(await tablesOfOrgs(observer)).map((table) => sum(table, `org_id = $1`)),
    sum('organization', 'id = $1'),
    sum('account', 'id = any ($2)'),
    sum('session', 'account_id = any ($2)'),
    sum('refresh_token', 'session_id in (select id from session where account_id = any ($2))'),
  ];
  const { rows } = await observer.query<{ table: string; sum: string }>(parts.join(' union all '), [
    known.orgId,
    accounts,
  ]);
  return Object.fromEntries(rows.map(({ table, sum: value }) => [table, value]));
}

/** Somebody who has no business in the scene's organization. */
export interface Stranger {
  role: string;
  accessToken: string | null;
  /** Whether the feed tells them of their own organization's environments. */
  hasOrg: boolean;
}

type MakeStranger = () => Promise<Stranger>;

/** The roles, each with a function that makes one more person of it in the organization of `owner`. */
export function strangerMakers(app: TestApp, owner: Member): Record<string, MakeStranger> {
  const inOrg = (role: 'owner' | 'admin' | 'member' | 'viewer') => async () => {
    const { accessToken } = await createMember(app, owner.orgId, role);
    return { role, accessToken, hasOrg: true };
  };
  const platformAdmin = async () => {
    const person = await createMember(app, owner.orgId, 'owner');
    await app.database.query('app', 'update account set platform_admin = true where id = $1', [person.id]);
    // A token says what its account was when it was issued.
    const { accessToken } = await enter(app, person, owner.orgId, 'owner');
    return { role: 'platform admin', accessToken, hasOrg: true };
  };
  return {
    anonymous: () => Promise.resolve({ role: 'anonymous', accessToken: null, hasOrg: false }),
    'signed in without an organization': async () => {
      const { accessToken } = await createPerson(app);
      return { role: 'signed in without an organization', accessToken, hasOrg: false };
    },
    'platform admin': platformAdmin,
    owner: inOrg('owner'),
    admin: inOrg('admin'),
    member: inOrg('member'),
    viewer: inOrg('viewer'),
  };
}
