import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient, type GraphqlClient } from '../../support/client.js';
import { createAccount } from '../../support/factories/person.js';
import { Me, SignIn, Verify } from './documents.js';
import { mailedVerificationToken, newcomer, register } from './newcomer.js';

describe('signing in', () => {
  let app: TestApp;
  let client: GraphqlClient;
  beforeAll(async () => {
    app = await startTestApp();
    client = createClient(app.url);
  });
  afterAll(() => app.stop());

  it.each([
    ['the username', (a: Account) => a.username],
    ['the username in capitals', (a: Account) => a.username.toUpperCase()],
    ['the username between blanks', (a: Account) => ` ${a.username} `],
    ['the address', (a: Account) => a.email],
    ['the address in capitals', (a: Account) => a.email.toUpperCase()],
    ['the address between blanks', (a: Account) => `\t${a.email} `],
    ['the username in full-width letters', (a: Account) => fullWidth(a.username)],
  ])('works with %s', async (_what, login) => {
    const account = await createAccount(app);
    const { signIn } = await client.run(SignIn, {
      input: { login: login(account), password: account.password },
    });
    expect(signIn.account.id).toBe(account.id);
    const { me } = await createClient(app.url, signIn.accessToken).run(Me, {});
    expect(me?.id).toBe(account.id);
  });

  it('takes a password however its accents are composed', async () => {
    const person = newcomer({ password: 'caf\u00e9 au lait' });
    await register(app, person);
    await client.run(Verify, { input: { token: await mailedVerificationToken(app, person.email) } });
    const signIn = (password: string) => client.send(SignIn, { input: { login: person.username, password } });
    expect((await signIn('cafe\u0301 au lait')).errors).toEqual([]);
    expect((await signIn('cafe au lait')).errors[0]?.extensions.code).toBe('ACCOUNTS_INVALID_CREDENTIALS');
  });

  it('answers in the same words for a wrong password and for an account that does not exist', async () => {
    const account = await createAccount(app);
    const wrong = await client.send(SignIn, {
      input: { login: account.username, password: 'wrong password' },
    });
    const none = await client.send(SignIn, {
      input: { login: newcomer().username, password: 'wrong password' },
    });
    expect(wrong.errors[0]?.extensions.code).toBe('ACCOUNTS_INVALID_CREDENTIALS');
    expect([wrong.status, wrong.errors]).toEqual([none.status, none.errors]);
  });

  it('tells only whoever knows the password that the address is not verified', async () => {
    const person = newcomer();
    await register(app, person);
    const code = (login: string, password: string) => client.code(SignIn, { input: { login, password } });
    for (const login of [person.username, person.email.toUpperCase()]) {
      expect(await code(login, person.password)).toBe('ACCOUNTS_EMAIL_NOT_VERIFIED');
      expect(await code(login, 'something else')).toBe('ACCOUNTS_INVALID_CREDENTIALS');
    }
  });

  it.each(['\u0000', "' or 1=1 --", '\ud800', '%', 'a@b@c', '😀'])('refuses the login %j', async (login) => {
    const code = await client.code(SignIn, { input: { login, password: 'some password' } });
    const storable = login.isWellFormed() && !login.includes('\0');
    expect(code).toBe(storable ? 'ACCOUNTS_INVALID_CREDENTIALS' : 'INPUT_INVALID');
  });

  it('makes a session of its own each time, that says where from', async () => {
    const account = await createAccount(app);
    const input = { login: account.username, password: account.password };
    const first = (await client.run(SignIn, { input })).signIn;
    const second = (await client.run(SignIn, { input })).signIn;
    expect(second.session.id).not.toBe(first.session.id);
    expect(first.session).toMatchObject({
      address: expect.stringContaining('127.0.0.1') as unknown,
      userAgent: 'node',
    });
    const lifeMs = Date.parse(first.refreshTokenExpiresAt) - Date.now();
    expect(Math.round(lifeMs / 86_400_000)).toBe(7);
    expect(Math.round((Date.parse(first.accessTokenExpiresAt) - Date.now()) / 60_000)).toBe(30);
  });

  it('leaves no event when it fails', async () => {
    const account = await createAccount(app);
    await client.code(SignIn, { input: { login: account.username, password: 'wrong password' } });
    const sql = `select 1 from event where user_id = $1`;
    expect(await app.database.query('owner', sql, [account.id])).toEqual([]);
    await client.run(SignIn, { input: { login: account.username, password: account.password } });
    expect(await app.database.query('owner', sql, [account.id])).toHaveLength(1);
  });
});

interface Account {
  username: string;
  email: string;
}

/** The letters of another keyboard that NFKC makes equal to ours. */
function fullWidth(text: string): string {
  return text.replace(/[a-z0-9]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0));
}
