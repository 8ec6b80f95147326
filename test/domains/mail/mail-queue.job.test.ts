import { startTestApp, type TestApp } from '../../support/app.js';
import { captureLog } from '../../support/captured-log.js';
import { createClient } from '../../support/client.js';
import { queuedText } from '../../support/everything-stored.js';
import { createOwner } from '../../support/factories/organization.js';
import { createAccount } from '../../support/factories/person.js';
import { deliverAgain, hurryRetry, jobsOf } from '../../support/jobs.js';
import { waitFor } from '../../support/wait-for.js';
import { Verify } from '../accounts/documents.js';
import { mailedVerificationToken, newcomer, register } from '../accounts/newcomer.js';
import { Withdraw } from '../organizations/documents.js';
import { causeMail, mailsAbout, waitForMail } from './scene.js';

describe('a mail', () => {
  const captured = captureLog('debug');
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ log: captured.log });
  });
  afterAll(() => app.stop());
  afterEach(() => app.mail.faults.reset());

  const allDone = (queue: string) =>
    waitFor(async () => (await jobsOf(app.database, queue)).every(({ state }) => state === 'completed'), {
      timeoutMs: 8000,
      what: `the end of every job of ${queue}`,
    });

  /** Each event that causes a mail: what is done, and to whom the mail goes. */
  const causes: [string, string, () => Promise<string>][] = [
    [
      'verification',
      'mail.queue-verification',
      async () => {
        const person = newcomer();
        await register(app, person);
        return person.email;
      },
    ],
    [
      'account-exists',
      'mail.queue-account-exists',
      async () => {
        const { email } = await createAccount(app);
        await register(app, newcomer({ email }));
        return email;
      },
    ],
    [
      'welcome',
      'mail.queue-welcome',
      async () => {
        const person = newcomer();
        await register(app, person);
        const token = await mailedVerificationToken(app, person.email);
        await createClient(app.url).run(Verify, { input: { token } });
        return person.email;
      },
    ],
    ['invitation', 'mail.queue-invitation', async () => (await causeMail(app)).email],
  ];

  it.each(causes)(
    'of %s is queued once and sent once, however often its event and its job are delivered',
    async (template, queue, cause) => {
      const email = await cause();
      const ofTemplate = () =>
        app.database.query<{ id: string; status: string }>(
          'owner',
          'select id, status from mail_message where template = $1',
          [template],
        );
      const caught = () => app.mail.messages({ to: email });
      const expectedCaught = template === 'welcome' ? 2 : 1;
      await waitFor(() => caught().length === expectedCaught, { what: 'the mail' });
      await waitFor(async () => (await ofTemplate()).every(({ status }) => status === 'sent'));
      const rows = await ofTemplate();
      const before = app.mail.messages().length;

      expect(await deliverAgain(app.database, queue)).toBeGreaterThan(0);
      await allDone(queue);
      expect(await ofTemplate()).toEqual(rows);
      expect(await deliverAgain(app.database, 'send-mail')).toBeGreaterThan(0);
      await allDone('send-mail');
      expect(app.mail.messages()).toHaveLength(before);
      const mail = caught().find(({ messageId }) => rows.some(({ id }) => messageId?.startsWith(`<${id}@`)));
      expect(mail?.envelope.to).toEqual([email]);
    },
  );

  it('that nobody wants any more by the time it is sent is skipped', async () => {
    app.mail.faults.failNext(1, 451);
    const { owner, email, invitationId } = await causeMail(app);
    const queued = await waitForMail(
      app,
      invitationId,
      ({ status, attempts }) => status === 'queued' && attempts === 1,
    );
    await owner.client.run(Withdraw, { input: { invitationId } });
    await hurryRetry(app.database, 'send-mail', { mailId: queued.id });
    const mail = await waitForMail(app, invitationId, ({ status }) => status === 'skipped');
    expect(mail.sent_at).toBeNull();
    expect(app.mail.messages({ to: email })).toEqual([]);
    await allDone('send-mail');
  });

  it('is one of a batch: `sending` are as many as there are connections, and each is sent once', async () => {
    const owner = await createOwner(app);
    app.mail.faults.delayMs = 40;
    const sent = await Promise.all(Array.from({ length: 23 }, () => causeMail(app, owner)));
    let most = 0;
    const allSent = async () => {
      const sql = `select count(*) filter (where status = 'sending')::int as sending,
        count(*) filter (where status = 'sent')::int as sent from mail_message where org_id = $1`;
      const [row] = await app.database.query<{ sending: number; sent: number }>('owner', sql, [owner.orgId]);
      most = Math.max(most, row?.sending ?? 0);
      return row?.sent === sent.length;
    };
    await waitFor(allSent, { timeoutMs: 10_000, what: 'all mails sent' });
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(5);
    for (const { email, invitationId } of sent) {
      expect(app.mail.messages({ to: email })).toHaveLength(1);
      expect(await mailsAbout(app, invitationId)).toMatchObject([{ status: 'sent', attempts: 1 }]);
    }
  });

  it('leaves no address, token or link in its row, in any job, in any event or in the log', async () => {
    app.mail.faults.failNext(1, 550, '<invited@example.com> is unknown, said postmaster@example.com');
    const { email, invitationId } = await causeMail(app);
    const failed = await waitForMail(app, invitationId, ({ status }) => status === 'failed');
    expect(failed.last_error).toContain('550');
    const stored = await queuedText(app.database);
    expect(stored).toContain(failed.id);
    for (const text of [stored, captured.text()]) {
      expect(text).not.toMatch(/tbx[a-z]_/);
      expect(text).not.toMatch(/token=/);
      expect(text).not.toContain('http://toolbox.test');
      expect(text).not.toContain(email);
      expect(text).not.toMatch(/[\w.-]+@example\.com/);
    }
  });
});
