import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { captureLog } from '../../support/captured-log.js';
import { createAccount } from '../../support/factories/person.js';
import { graphql } from '../../support/generated/gql.js';
import { SignIn } from './documents.js';

const AdminMe = graphql(`
  query AccountsAdminMe {
    me {
      username
      email
      platformAdmin
    }
  }
`);

const admin = {
  ADMIN_USERNAME: 'Root-Admin',
  ADMIN_PASSWORD: 'first admin password',
  ADMIN_EMAIL: 'root@example.com',
};

describe('the admin that the configuration names', () => {
  let base: TestApp;
  beforeAll(async () => {
    base = await startTestApp({ mode: 'api' });
  });
  afterAll(() => base.stop());

  /** Starts nodes on the database at once, and ends them again. */
  async function startWith(env: Record<string, string>, nodes = 1): Promise<Record<string, unknown>[]> {
    const { database, mail } = base;
    const captured = captureLog('warn');
    const start = () => startTestApp({ mode: 'api', database, mail, env, log: captured.log });
    for (const app of await Promise.all(Array.from({ length: nodes }, start))) await app.stop();
    return captured.lines();
  }

  const signIn = (login: string, password: string) =>
    createClient(base.url).send(SignIn, { input: { login, password } });

  it('is made once, by the first of several that start at once, and can sign in', async () => {
    expect(await startWith(admin, 3)).toEqual([]);
    const rows = await base.database.query('owner', 'select username from account where platform_admin');
    expect(rows).toEqual([{ username: admin.ADMIN_USERNAME }]);
    const { data } = await signIn(admin.ADMIN_USERNAME, admin.ADMIN_PASSWORD);
    const { me } = await createClient(base.url, data?.signIn.accessToken).run(AdminMe, {});
    expect(me).toEqual({ username: admin.ADMIN_USERNAME, email: admin.ADMIN_EMAIL, platformAdmin: true });
  });

  it('keeps the password of the first start at later ones', async () => {
    expect(await startWith({ ...admin, ADMIN_PASSWORD: 'another admin password' })).toEqual([]);
    expect((await signIn(admin.ADMIN_USERNAME, admin.ADMIN_PASSWORD)).errors).toEqual([]);
    const { errors } = await signIn(admin.ADMIN_USERNAME, 'another admin password');
    expect(errors[0]?.extensions.code).toBe('ACCOUNTS_INVALID_CREDENTIALS');
  });

  it('is not somebody else of that name, who stays what they are', async () => {
    const { username, id, password } = await createAccount(base);
    const logged = await startWith({ ...admin, ADMIN_USERNAME: username.toUpperCase() });
    expect(logged).toMatchObject([{ msg: expect.stringContaining('ADMIN_USERNAME') as unknown }]);
    const sql = 'select platform_admin from account where id = $1';
    expect(await base.database.query('owner', sql, [id])).toEqual([{ platform_admin: false }]);
    expect((await signIn(username, password)).errors).toEqual([]);
  });

  it('is not made with the address of somebody else; the start goes on and says why', async () => {
    const { email } = await createAccount(base);
    const logged = await startWith({
      ...admin,
      ADMIN_USERNAME: 'second-admin',
      ADMIN_EMAIL: email.toUpperCase(),
    });
    expect(logged).toMatchObject([{ msg: expect.stringContaining('ADMIN_EMAIL') as unknown }]);
    const sql = 'select username from account where platform_admin';
    expect(await base.database.query('owner', sql)).toEqual([{ username: admin.ADMIN_USERNAME }]);
  });
});
