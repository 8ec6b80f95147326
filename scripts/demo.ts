/**
 * Plays the main story against a running server, over public interfaces only: HTTP and a stock graphql-ws
 * client. Stops at the first step that does not hold. TOOLBOX_URL names the server.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { createClient } from 'graphql-ws';

const server = process.env['TOOLBOX_URL'] ?? 'http://localhost:4000';
const username = `demo-${randomBytes(4).toString('hex')}`;
const email = `${username}@example.com`;
const password = randomBytes(12).toString('base64url');

function step(words: string): void {
  console.log(`✔ ${words}`);
}

/** Calls one field and gives its value. */
async function call<T = unknown>(query: string, input?: object, accessToken?: string): Promise<T> {
  const response = await fetch(`${server}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(accessToken && { authorization: `Bearer ${accessToken}` }),
    },
    body: JSON.stringify({ query, variables: { input } }),
  });
  const { data, errors } = (await response.json()) as { data?: Record<string, T>; errors?: Error[] };
  const value = data && Object.values(data)[0];
  if (value === undefined || errors)
    throw new Error(`${query}\n${errors?.map(({ message }) => message).join('\n')}`);
  return value;
}

interface Access {
  accessToken: string;
}

async function signIn(login: string): Promise<string> {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  return (await call<Access>(query, { login, password })).accessToken;
}

async function enter(organizationId: string, accessToken: string): Promise<string> {
  const query =
    'mutation ($input: SwitchOrganizationInput!) { switchOrganization(input: $input) { accessToken } }';
  return (await call<Access>(query, { organizationId }, accessToken)).accessToken;
}

interface Environment {
  id: string;
  name: string;
  revision: number;
}

function createEnvironment(name: string, accessToken: string): Promise<Environment> {
  const query =
    'mutation ($input: CreateEnvironmentInput!) { createEnvironment(input: $input) { id name revision } }';
  return call(query, { name }, accessToken);
}

interface Change {
  cursor: string;
  change: string;
  environment: { name: string };
}

/** Follows environment changes from a cursor on. `next` gives the next one within five seconds. */
function follow(accessToken: string, after: string) {
  const client = createClient({
    url: `${server.replace(/^http/, 'ws')}/graphql`,
    connectionParams: { authorization: `Bearer ${accessToken}` },
    retryAttempts: 0,
  });
  const query = `subscription ($after: String) { feed(after: $after, topics: [ENVIRONMENTS]) {
    cursor ... on EnvironmentChanged { change environment { name } } } }`;
  const changes = client.iterate<{ feed: Change }>({ query, variables: { after } });
  return {
    async next(): Promise<string> {
      const timer = setTimeout(() => client.terminate(), 5000);
      const { value } = (await changes.next()) as IteratorResult<{ data?: { feed: Change } }, undefined>;
      clearTimeout(timer);
      assert.ok(value?.data, `no change arrived: ${JSON.stringify(value)}`);
      cursor = value.data.feed.cursor;
      return `${value.data.feed.change} ${value.data.feed.environment.name}`;
    },
    drop: () => client.terminate(),
  };
}

await call('mutation ($input: RegisterInput!) { register(input: $input) { email } }', {
  email,
  username,
  password,
});
step(`registered ${email}`);

const mails = `${server}/dev/mail/api/messages/wait?to=${encodeURIComponent(email)}&timeoutMs=10000`;
const token = /#token=(tbxv_[\w-]+)/.exec(await (await fetch(mails)).text())?.[1];
assert.ok(token, 'no verification mail arrived in the mail catcher');
step('the verification mail arrived in the mail catcher');

await call('mutation ($input: VerifyEmailInput!) { verifyEmail(input: $input) { id } }', { token });
step('verified the address');

const homeless = await signIn(username);
step('signed in');

const createOrganization =
  'mutation ($input: CreateOrganizationInput!) { createOrganization(input: $input) { id } }';
const organization = await call<{ id: string }>(createOrganization, { name: 'Demo School' }, homeless);
const viewer = await enter(organization.id, homeless);
step('created an organization and switched to it');

let { cursor } = await call<{ cursor: string }>('{ feed { cursor } }', undefined, viewer);
const live = follow(viewer, cursor);
step('subscribed to environment changes');

const editor = await enter(organization.id, await signIn(email));
const volcano = await createEnvironment('Volcano', editor);
const rename = { id: volcano.id, expectedRevision: volcano.revision, name: 'Volcano lab' };
await call(
  'mutation ($input: UpdateEnvironmentInput!) { updateEnvironment(input: $input) { id } }',
  rename,
  editor,
);
await createEnvironment('Coral reef', editor);
const list = await call<{ edges: { node: Environment }[] }>(
  '{ environments { edges { node { name } } } }',
  undefined,
  editor,
);
const names = list.edges.map(({ node }) => node.name);
assert.deepEqual(names, ['Coral reef', 'Volcano lab']);
step('created, edited and listed environments from a second connection');

const seen = [await live.next(), await live.next(), await live.next()];
assert.deepEqual(
  seen.map((change) => change.split(' ')[0]),
  ['CREATED', 'UPDATED', 'CREATED'],
);
step('each change arrived live');

live.drop();
await createEnvironment('Glacier', editor);
const archive = 'mutation ($input: EnvironmentIdInput!) { archiveEnvironment(input: $input) { id } }';
await call(archive, { id: volcano.id }, editor);
const resumed = follow(viewer, cursor);
assert.deepEqual([await resumed.next(), await resumed.next()], ['CREATED Glacier', 'ARCHIVED Volcano lab']);
await createEnvironment('Savanna', editor);
assert.equal(await resumed.next(), 'CREATED Savanna');
step('came back with the cursor and received exactly what was missed');

resumed.drop();
for (const accessToken of [viewer, editor]) {
  assert.equal(await call('mutation { signOut }', undefined, accessToken), true);
}
step('signed out');
