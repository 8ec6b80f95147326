import { startTestApp, type TestApp } from '../../support/app.js';
import { captureLog } from '../../support/captured-log.js';
import { createClient } from '../../support/client.js';
import { tablesHolding } from '../../support/everything-stored.js';
import { waitFor } from '../../support/wait-for.js';
import { Verify } from './documents.js';
import { mailedVerificationToken, newcomer, register } from './newcomer.js';

describe('a verification token', () => {
  const captured = captureLog('debug');
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ log: captured.log });
  });
  afterAll(() => app.stop());

  it('stands in no table, job or log line, before and after its use; only its hash does', async () => {
    const person = newcomer();
    await register(app, person);
    const token = await mailedVerificationToken(app, person.email);
    const secretPart = token.replace(/^tbxv_/, '');
    expect(secretPart).toHaveLength(43);
    expect(await tablesHolding(app.database, secretPart)).toEqual({});

    const hash = await sha256Hex(token);
    expect(Object.keys(await tablesHolding(app.database, hash))).toEqual(['public.registration']);

    await createClient(app.url).run(Verify, { input: { token } });
    await waitFor(() => app.mail.messages({ to: person.email }).length === 2);
    expect(await tablesHolding(app.database, secretPart)).toEqual({});
    expect(captured.text()).toContain('/graphql');
    expect(captured.text()).not.toContain(secretPart);
    expect(captured.text()).not.toContain(person.email);
    expect(captured.text()).not.toContain(person.password);
  });

  it('is not used up by opening its page, however often and by whatever method', async () => {
    const person = newcomer();
    await register(app, person);
    const token = await mailedVerificationToken(app, person.email);
    const before = await stateOf(person.email);
    for (const url of [`/verify-email#token=${token}`, `/verify-email?token=${token}`]) {
      for (const method of ['GET', 'HEAD', 'POST']) {
        const response = await fetch(`${app.url}${url}`, { method });
        expect(response.status).toBe(method === 'POST' ? 405 : 200);
      }
    }
    const query = `mutation { verifyEmail(input: {token: "${token}"}) { id } }`;
    const overGet = await fetch(`${app.url}/graphql?query=${encodeURIComponent(query)}`, {
      headers: { 'apollo-require-preflight': 'yes' },
    });
    expect(overGet.status).toBe(405);
    expect(await stateOf(person.email)).toEqual(before);
    await createClient(app.url).run(Verify, { input: { token } });
  });

  function stateOf(email: string) {
    return app.database.query(
      'owner',
      `select r::text as registration, (select count(*)::int from account where email_key = $1) as accounts
       from registration r where email_key = $1`,
      [email],
    );
  }
});

async function sha256Hex(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}
