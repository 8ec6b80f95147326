import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient, type GraphqlClient } from '../../support/client.js';
import { createAccount } from '../../support/factories/person.js';
import { createTestClock } from '../../support/test-clock.js';
import { waitFor } from '../../support/wait-for.js';
import { Register, Resend, SignIn, Verify } from './documents.js';
import { mailedVerificationToken, newcomer, register, tokenOfLinks } from './newcomer.js';

const hourMs = 3_600_000;

describe('registration', () => {
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
    app.database.query<{ username: string }>('owner', 'select username from account where email_key = $1', [
      email,
    ]);
  const registrationsOf = (email: string) =>
    app.database.query<Kept>(
      'owner',
      'select * from registration where email_key = $1 order by created_at, id',
      [email],
    );
  const requestsFor = (registrationId: string) =>
    app.database.query(
      'owner',
      `select 1 from event where subject_id = $1 and type = 'account.verification-requested.v1'`,
      [registrationId],
    );
  const verify = (token: string, password?: string) =>
    client.send(Verify, { input: { token, ...(password && { password }) } });
  const codeOf = async (answer: Promise<{ errors: { extensions: { code?: unknown } }[] }>) =>
    (await answer).errors[0]?.extensions.code;

  describe('checks its input', () => {
    it.each([
      ['an address that is none', { email: 'not an address' }, ['input.email']],
      ['an address that is too long', { email: `${'a'.repeat(250)}@example.com` }, ['input.email']],
      ['a username of two characters', { username: 'ab' }, ['input.username']],
      ['a username of 33 characters', { username: 'a'.repeat(33) }, ['input.username']],
      ['a username that looks like an address', { username: 'ada@example.com' }, ['input.username']],
      ['a username that begins with a dot', { username: '.ada' }, ['input.username']],
      ['letters that only look like ours', { username: 'аdmin' }, ['input.username']],
      ['a password of seven characters', { password: '1234567' }, ['input.password']],
      ['a password of 1,025 characters', { password: 'x'.repeat(1025) }, ['input.password']],
      ['a password of more than 1,024 bytes', { password: 'é'.repeat(600) }, ['input.password']],
      ['an empty name', { name: '' }, ['input.name']],
      ['NUL in the name', { name: 'A\0B' }, ['input.name']],
      ['NUL in the password', { password: 'long enough\0' }, ['input.password']],
      [
        'everything wrong',
        { email: '', username: '', password: '' },
        ['input.email', 'input.username', 'input.password'],
      ],
    ])('%s', async (_what, wrong, fields) => {
      const { errors, data } = await client.send(Register, { input: { ...newcomer(), ...wrong } });
      expect(data).toBeNull();
      expect(errors).toHaveLength(1);
      const [{ extensions }] = errors as [(typeof errors)[0]];
      expect(extensions).toMatchObject({ code: 'INPUT_INVALID', field: fields[0] });
      const violations = (extensions['violations'] as { field: string }[]).map(({ field }) => field);
      expect(new Set(violations)).toEqual(new Set(fields));
    });
  });

  it('makes no account, and mails a link that makes it', async () => {
    const person = newcomer();
    expect(await client.run(Register, { input: person })).toEqual({ register: { email: person.email } });
    const login = { login: person.email, password: person.password };
    expect(await client.code(SignIn, { input: login })).toBe('ACCOUNTS_EMAIL_NOT_VERIFIED');
    const token = await mailedVerificationToken(app, person.email);
    expect(await accountsOf(person.email)).toEqual([]);
    const { verifyEmail } = await client.run(Verify, { input: { token } });
    expect(verifyEmail).toMatchObject({
      email: person.email,
      username: person.username,
      platformAdmin: false,
    });
    expect(verifyEmail.name).toBe(person.username);
    expect(verifyEmail.emailVerifiedAt).not.toBeNull();
    const { signIn } = await client.run(SignIn, { input: login });
    expect(signIn.account.username).toBe(person.username);
  });

  it('welcomes whoever has verified, once', async () => {
    const person = newcomer();
    await register(app, person);
    const token = await mailedVerificationToken(app, person.email);
    expect(mailsTo(person.email)).toHaveLength(1);
    await client.run(Verify, { input: { token } });
    const welcome = await app.mail.waitFor({ to: person.email, subject: /welcome/i });
    expect(welcome.text).toContain(person.username);
    expect(mailsTo(person.email)).toHaveLength(2);
  });

  it('refuses a username that another account has, however it is written', async () => {
    const taken = await createAccount(app);
    const { errors } = await client.send(Register, {
      input: newcomer({ username: taken.username.toUpperCase() }),
    });
    expect(errors.map(({ extensions }) => extensions)).toMatchObject([
      { code: 'ACCOUNTS_USERNAME_TAKEN', field: 'input.username' },
    ]);
  });

  it('answers the same for an address that is known, whose owner gets a mail instead', async () => {
    const known = await createAccount(app);
    const stranger = newcomer({ email: known.email.toUpperCase() });
    const answer = await client.send(Register, { input: stranger });
    const other = newcomer();
    const unknown = await client.send(Register, { input: other });
    expect(answer).toMatchObject({
      status: unknown.status,
      errors: [],
      data: { register: { email: stranger.email } },
    });
    const mail = await app.mail.waitFor({ to: known.email });
    expect(mail.text).toContain(known.username);
    expect(mail.links.join(' ')).not.toContain('token=');
    expect(await accountsOf(known.email)).toEqual([{ username: known.username }]);
    // Neither does signing in with what was registered tell them apart.
    for (const { email, username, password } of [stranger, other]) {
      for (const login of [email, username]) {
        expect(await client.code(SignIn, { input: { login, password } })).toBe('ACCOUNTS_EMAIL_NOT_VERIFIED');
      }
    }
    // Its row can never become an account, nor cause a mail with a link.
    const kept = await registrationsOf(known.email);
    expect(kept).toMatchObject([{ used_at: expect.any(Date) as unknown }]);
    clock.advanceMs(61_000);
    await client.run(Resend, { input: { email: known.email } });
    expect(await registrationsOf(known.email)).toEqual(kept);
  });

  it('does not tell by a taken username whether an address is known', async () => {
    const [known, holder] = [await createAccount(app), await createAccount(app)];
    const withTakenName = (email: string) =>
      client.code(Register, { input: newcomer({ email, username: holder.username }) });
    expect(await withTakenName(newcomer().email)).toBe('ACCOUNTS_USERNAME_TAKEN');
    expect(await withTakenName(known.email)).toBe('ACCOUNTS_USERNAME_TAKEN');
    expect(await withTakenName(holder.email)).toBe('ACCOUNTS_USERNAME_TAKEN');
  });

  it('tells the owner of a known address at most once in the cooldown', async () => {
    const { email } = await createAccount(app);
    for (let i = 0; i < 3; i += 1) await register(app, newcomer({ email }));
    const repeats = () =>
      app.database.query(
        'owner',
        `select 1 from event e join account a on a.id = e.subject_id where a.email_key = $1 and type = 'account.registration-repeated.v1'`,
        [email],
      );
    expect(await repeats()).toHaveLength(1);
    clock.advanceMs(61_000);
    await register(app, newcomer({ email }));
    expect(await repeats()).toHaveLength(2);
  });

  it('can be repeated: nothing is lost, and one mail goes out within the cooldown', async () => {
    const person = newcomer();
    for (let i = 0; i < 3; i += 1) await register(app, person);
    const token = await mailedVerificationToken(app, person.email);
    const kept = await registrationsOf(person.email);
    expect(kept.map(({ mail_requested_at: at }) => at !== null)).toEqual([true, false, false]);
    expect(await codeOf(verify(token))).toBe('ACCOUNTS_VERIFICATION_NEEDS_PASSWORD');
    expect((await verify(token, person.password)).errors).toEqual([]);
    expect(await accountsOf(person.email)).toHaveLength(1);
  });

  it('reserves no username: the first to verify has it, and the other one chooses another', async () => {
    const { username } = newcomer();
    const [first, second] = [newcomer(), newcomer()].map(({ email }) => newcomer({ email, username }));
    if (!first || !second) throw new Error('two people');
    await register(app, first);
    await register(app, second);
    const [firstToken, secondToken] = await Promise.all(
      [first, second].map(({ email }) => mailedVerificationToken(app, email)),
    );
    expect((await verify(firstToken ?? '')).errors).toEqual([]);
    expect(await codeOf(verify(secondToken ?? ''))).toBe('ACCOUNTS_USERNAME_TAKEN');

    const renamed = newcomer({ email: second.email, password: 'the second password' });
    await register(app, renamed);
    const { data } = await verify(secondToken ?? '', renamed.password);
    expect(data?.verifyEmail.username).toBe(renamed.username);
  });

  it('of one username by several who verify at once makes one account', async () => {
    const { username } = newcomer();
    const people = Array.from({ length: 4 }, () => newcomer({ email: newcomer().email, username }));
    for (const person of people) await register(app, person);
    const tokens = await Promise.all(people.map(({ email }) => mailedVerificationToken(app, email)));
    const codes = await Promise.all(tokens.map((token) => codeOf(verify(token))));
    expect(codes.filter(Boolean)).toEqual(Array(3).fill('ACCOUNTS_USERNAME_TAKEN'));
  });

  describe('the verification mail', () => {
    it('is sent again at most once in the cooldown, and the answer never tells', async () => {
      const person = newcomer();
      await register(app, person);
      const first = await app.mail.waitFor({ to: person.email });
      const resend = () => client.run(Resend, { input: { email: person.email } });
      expect(await resend()).toEqual({ resendVerification: { email: person.email } });
      clock.advanceMs(61_000);
      const answers = await Promise.all(Array.from({ length: 6 }, resend));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      const second = await app.mail.waitFor({ to: person.email, after: first.id });
      const kept = await registrationsOf(person.email);
      expect(kept).toHaveLength(1);
      expect(await requestsFor(kept[0]?.id ?? '')).toHaveLength(2);
      // The registration is the same, and so is its link: no password is needed.
      const token = tokenOfLinks(second.links, 'verify-email');
      expect(tokenOfLinks(first.links, 'verify-email')).toBe(token);
      await client.run(Verify, { input: { token } });
    });

    it('that is asked for again makes an expired link work once more', async () => {
      const person = newcomer();
      await register(app, person);
      const token = await mailedVerificationToken(app, person.email);
      clock.advanceMs(25 * hourMs);
      expect(await codeOf(verify(token))).toBe('ACCOUNTS_VERIFICATION_INVALID');
      await client.run(Resend, { input: { email: person.email } });
      expect((await verify(token)).errors).toEqual([]);
    });

    it('is not sent to addresses that are unknown or verified already', async () => {
      const verified = await createAccount(app);
      const unknown = newcomer().email;
      for (const email of [verified.email, unknown, 'no address at all']) {
        expect(await client.run(Resend, { input: { email } })).toEqual({ resendVerification: { email } });
      }
      expect(await registrationsOf(verified.email)).toEqual([]);
      expect(await registrationsOf(unknown)).toEqual([]);
    });
  });

  describe('a verification token', () => {
    it('is good for 24 hours', async () => {
      const [early, late] = [newcomer(), newcomer()];
      await register(app, early);
      await register(app, late);
      const tokens = await Promise.all([early, late].map(({ email }) => mailedVerificationToken(app, email)));
      clock.advanceMs(24 * hourMs - 60_000);
      await client.run(Verify, { input: { token: tokens[0] ?? '' } });
      clock.advanceMs(60_000);
      expect(await client.code(Verify, { input: { token: tokens[1] ?? '' } })).toBe(
        'ACCOUNTS_VERIFICATION_INVALID',
      );
    });

    it('is good for one use, also of several at once', async () => {
      const person = newcomer();
      await register(app, person);
      const token = await mailedVerificationToken(app, person.email);
      const uses = await Promise.all(
        Array.from({ length: 8 }, () => client.send(Verify, { input: { token } })),
      );
      expect(uses.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
      await waitFor(() => mailsTo(person.email).length === 2);
      const events = await app.database.query(
        'owner',
        `select 1 from event e join account a on a.id = e.subject_id where a.email_key = $1 and type = 'account.verified.v1'`,
        [person.email],
      );
      expect(events).toHaveLength(1);
    });

    it.each([
      '',
      'x',
      'tbxv_',
      `tbxv_${'A'.repeat(43)}`,
      `tbxr_${'A'.repeat(43)}`,
      '\u0000',
      'é'.repeat(5000),
    ])('that is none of ours is refused: %j', async (token) => {
      const code = await client.code(Verify, { input: { token } });
      expect(code).toBe(token === '\u0000' ? 'INPUT_INVALID' : 'ACCOUNTS_VERIFICATION_INVALID');
    });
  });
});

interface Kept {
  id: string;
  mail_requested_at: Date | null;
}
