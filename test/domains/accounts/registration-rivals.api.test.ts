import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient, type GraphqlClient } from '../../support/client.js';
import { createTestClock } from '../../support/test-clock.js';
import { Register, SignIn, Verify } from './documents.js';
import { mailedVerificationToken, newcomer, register, tokenOfLinks } from './newcomer.js';

const hourMs = 3_600_000;

interface Kept {
  username: string;
  password_hash: string | null;
}

describe('registration of one address by two', () => {
  const clock = createTestClock();
  let app: TestApp;
  let client: GraphqlClient;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    client = createClient(app.url);
  });
  afterAll(() => app.stop());

  const mailsTo = (email: string) => app.mail.messages({ to: email });
  const accountsOf = (email: string) =>
    app.database.query('owner', 'select username from account where email_key = $1', [email]);
  const registrationsOf = (email: string) =>
    app.database.query<Kept>(
      'owner',
      'select username, password_hash from registration where email_key = $1 order by created_at, id',
      [email],
    );
  const verify = (token: string, password?: string) =>
    client.send(Verify, { input: { token, ...(password && { password }) } });
  const codeOf = async (answer: Promise<{ errors: { extensions: { code?: unknown } }[] }>) =>
    (await answer).errors[0]?.extensions.code;
  const signInCode = (login: string, password: string) => client.code(SignIn, { input: { login, password } });

  const rivals = () => {
    const { email } = newcomer();
    return {
      email,
      thief: newcomer({ email, password: 'password of the thief' }),
      owner: newcomer({ email, password: 'password of the owner' }),
    };
  };

  it('gives the first one nothing: the one link asks for the password, and activates its registration', async () => {
    const { email, thief, owner } = rivals();
    await register(app, thief);
    await register(app, owner);
    const token = await mailedVerificationToken(app, email);
    const refused = await verify(token);
    expect(refused.errors[0]?.extensions).toEqual({
      code: 'ACCOUNTS_VERIFICATION_NEEDS_PASSWORD',
      field: 'input.password',
    });
    expect(await codeOf(verify(token, 'another password'))).toBe('ACCOUNTS_VERIFICATION_NEEDS_PASSWORD');
    expect(await accountsOf(email)).toEqual([]);
    const { data } = await verify(token, owner.password);
    expect(data?.verifyEmail.username).toBe(owner.username);
    expect((await client.send(SignIn, { input: { login: email, password: owner.password } })).errors).toEqual(
      [],
    );
    expect(await signInCode(email, 'another password')).toBe('ACCOUNTS_INVALID_CREDENTIALS');
    // The answer that it was before, so that nobody learns in this way that the owner has an account now.
    expect(await signInCode(email, thief.password)).toBe('ACCOUNTS_EMAIL_NOT_VERIFIED');
    // The account has the password of its registration; the row no longer does.
    expect(await registrationsOf(email)).toMatchObject([
      { password_hash: expect.any(String) as unknown },
      { password_hash: null },
    ]);
  });

  it('each with a link of its own uses up both', async () => {
    const { email, thief, owner } = rivals();
    await register(app, thief);
    const first = await mailedVerificationToken(app, email);
    clock.advanceMs(61_000);
    const after = mailsTo(email)[0]?.id ?? '';
    await register(app, owner);
    const second = tokenOfLinks((await app.mail.waitFor({ to: email, after })).links, 'verify-email');
    expect(second).not.toBe(first);
    expect((await verify(first, owner.password)).data?.verifyEmail.username).toBe(owner.username);
    for (const token of [first, second]) {
      expect(await codeOf(verify(token, thief.password))).toBe('ACCOUNTS_VERIFICATION_INVALID');
    }
  });

  it('still asks for the password when one of the links has expired', async () => {
    const { email, thief, owner } = rivals();
    await register(app, owner);
    const { id: after } = await app.mail.waitFor({ to: email });
    clock.advanceMs(12 * hourMs);
    await register(app, thief);
    const second = tokenOfLinks((await app.mail.waitFor({ to: email, after })).links, 'verify-email');
    clock.advanceMs(13 * hourMs);
    expect(await codeOf(verify(second))).toBe('ACCOUNTS_VERIFICATION_NEEDS_PASSWORD');
    expect((await verify(second, owner.password)).data?.verifyEmail.username).toBe(owner.username);
  });

  it('at once keeps both, and makes one account however both verify', async () => {
    const { email, thief, owner } = rivals();
    const answers = await Promise.all([thief, owner].map((input) => client.send(Register, { input })));
    expect(answers.map(({ errors }) => errors)).toEqual([[], []]);
    expect(await registrationsOf(email)).toHaveLength(2);
    const token = await mailedVerificationToken(app, email);
    expect(mailsTo(email)).toHaveLength(1);
    const both = await Promise.all([thief, owner].map(({ password }) => codeOf(verify(token, password))));
    expect(new Set(both)).toEqual(new Set([undefined, 'ACCOUNTS_VERIFICATION_INVALID']));
    expect(await accountsOf(email)).toHaveLength(1);
  });

  it('refuses a password that belongs to neither, also when only one waits', async () => {
    const { email, thief } = rivals();
    await register(app, thief);
    const token = await mailedVerificationToken(app, email);
    expect(await codeOf(verify(token, 'not of this one'))).toBe('ACCOUNTS_VERIFICATION_NEEDS_PASSWORD');
    expect((await verify(token, thief.password)).errors).toEqual([]);
  });

  it('is kept five times at most, and never without the one whose link was mailed', async () => {
    const { email, thief, owner } = rivals();
    await register(app, owner);
    const token = await mailedVerificationToken(app, email);
    for (let i = 0; i < 7; i += 1) {
      await register(app, { ...thief, username: newcomer().username });
      clock.advanceMs(1);
    }
    const kept = await registrationsOf(email);
    expect(kept).toHaveLength(5);
    expect(kept[0]?.username).toBe(owner.username);
    expect((await verify(token, owner.password)).data?.verifyEmail.username).toBe(owner.username);
  });
});
