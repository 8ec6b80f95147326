import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { createPasswordHasher } from '../../../src/kernel/crypto/password-hasher.js';
import type { TestApp } from '../app.js';
import { createClient, type GraphqlClient } from '../client.js';
import { graphql } from '../generated/gql.js';

const password = 'correct horse battery';
const hash = createPasswordHasher({ memoryKib: 8, passes: 1 }).hash(password);

const SignIn = graphql(`
  mutation FactorySignIn($input: SignInInput!) {
    signIn(input: $input) {
      accessToken
      refreshToken
      session {
        id
      }
    }
  }
`);

/** What factories need of a Toolbox, in this process or in others. */
export type AppAddress = Pick<TestApp, 'url' | 'database'>;

export interface Person {
  id: string;
  email: string;
  username: string;
  password: string;
  sessionId: string;
  accessToken: string;
  refreshToken: string;
  /** Signed in, with no organization active. */
  client: GraphqlClient;
}

/** A verified account without a sign-in, written straight to the database (registering is tested elsewhere). */
export async function createAccount(
  app: AppAddress,
  given: { username?: string; platformAdmin?: boolean } = {},
): Promise<{ id: string; email: string; username: string; password: string }> {
  const username = given.username ?? `user-${randomBytes(6).toString('hex')}`;
  const email = `${username}@example.com`;
  const id = v7();
  const client = new pg.Client({ connectionString: app.database.url('app') });
  await client.connect();
  await client.query(
    `insert into account (id, email, email_key, username, username_key, name, password_hash, platform_admin,
       email_verified_at, created_at, updated_at)
     values ($1, $2, $2, $3, $3, $3, $4, $5, now(), now(), now())`,
    [id, email, username, await hash, given.platformAdmin ?? false],
  );
  await client.end();
  return { id, email, username, password };
}

/** Signs in through the API. */
export async function signIn(app: AppAddress, account: { username: string; password: string }) {
  const input = { login: account.username, password: account.password };
  return (await createClient(app.url).run(SignIn, { input })).signIn;
}

/** A signed-in person with a verified address and no organization. */
export async function createPerson(app: AppAddress, given: { username?: string } = {}): Promise<Person> {
  const account = await createAccount(app, given);
  const { accessToken, refreshToken, session } = await signIn(app, account);
  const client = createClient(app.url, accessToken);
  return { ...account, accessToken, refreshToken, sessionId: session.id, client };
}
