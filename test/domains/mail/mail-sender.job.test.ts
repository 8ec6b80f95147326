import { startTestApp, type TestApp } from '../../support/app.js';
import { captureLog } from '../../support/captured-log.js';
import { hurryRetry, jobsOf } from '../../support/jobs.js';
import { waitFor } from '../../support/wait-for.js';
import { causeMail, deadLettersOf, waitForMail, type MailRow } from './scene.js';

describe('sending a mail', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ env: { EMAIL_MAX_ATTEMPTS: '4' }, log: captureLog('error').log });
  });
  afterAll(() => app.stop());
  afterEach(() => app.mail.faults.reset());

  const caughtBy = (email: string) => app.mail.messages({ to: email });

  /** Lets the mail be tried again at once, and waits for the end of that attempt. */
  async function tryAgain({ id: mailId, subject_id: about, attempts }: MailRow): Promise<MailRow> {
    await hurryRetry(app.database, 'send-mail', { mailId });
    return waitForAttempt(about, attempts + 1);
  }

  /** The mail once an attempt at it has ended, as its job says. */
  async function waitForAttempt(about: string, attempt: number): Promise<MailRow> {
    const { id } = await waitForMail(app, about, ({ attempts }) => attempts === attempt);
    const ended = async () => {
      const [job] = await jobsAbout(id);
      return job?.retry_count === attempt - 1 && ['retry', 'completed', 'failed'].includes(job.state);
    };
    await waitFor(ended, { what: `the end of attempt ${attempt}` });
    return waitForMail(app, about, () => true);
  }

  const waitForFirst = (invitationId: string) => waitForAttempt(invitationId, 1);

  it('is repeated when the server says later, under the same Message-ID, until it is taken', async () => {
    app.mail.faults.failNext(2, 451);
    const { email, invitationId } = await causeMail(app);
    const first = await waitForFirst(invitationId);
    expect(first).toMatchObject({ status: 'queued', last_error: expect.stringContaining('451') as unknown });
    const [job] = await jobsAbout(first.id);
    expect(job?.data).toEqual({ orgId: first.org_id, mailId: first.id });
    const sent = await tryAgain(await tryAgain(first));
    expect(sent).toMatchObject({ status: 'sent', last_error: null, unconfirmed_attempts: 0 });
    expect(caughtBy(email).map(({ messageId }) => messageId)).toEqual([`<${sent.id}@toolbox.localhost>`]);
    expect(await deadLettersOf(app, sent.id)).toEqual([]);
  });

  it('waits longer before each repeat', async () => {
    app.mail.faults.failNext(2, 451);
    const first = await waitForFirst((await causeMail(app)).invitationId);
    expect(await secondsToRetry(first.id)).toBeGreaterThanOrEqual(25);
    const second = await tryAgain(first);
    expect(await secondsToRetry(second.id)).toBeGreaterThanOrEqual(55);
    expect((await tryAgain(second)).status).toBe('sent');
  });

  it('ends after the configured number of tries, as a dead letter', async () => {
    app.mail.faults.failNext(4, 452);
    const { email, invitationId } = await causeMail(app);
    let mail = await waitForFirst(invitationId);
    for (let i = 0; i < 2; i += 1) {
      mail = await tryAgain(mail);
      expect(mail.status).toBe('queued');
    }
    const failed = await tryAgain(mail);
    expect(failed).toMatchObject({ status: 'failed', attempts: 4, sent_at: null });
    expect(failed.last_error).toContain('452');
    await expectDeadLetter(failed);
    expect(caughtBy(email)).toEqual([]);
  });

  it('ends at once when the server refuses for good, as a dead letter', async () => {
    app.mail.faults.failNext(1, 550);
    const { email, invitationId } = await causeMail(app);
    const failed = await waitForFirst(invitationId);
    expect(failed).toMatchObject({ status: 'failed', attempts: 1, sent_at: null });
    await expectDeadLetter(failed);
    expect(caughtBy(email)).toEqual([]);
    expect(await jobsAbout(failed.id)).toMatchObject([{ state: 'failed', retry_count: 0 }]);
  });

  it('whose answer was lost is repeated once, under the same Message-ID', async () => {
    app.mail.faults.dropNextAfterData(1);
    const { email, invitationId } = await causeMail(app);
    const lost = await waitForFirst(invitationId);
    expect(lost.status).toBe('sending');
    const sent = await tryAgain(lost);
    expect(sent).toMatchObject({ status: 'sent', unconfirmed_attempts: 1 });
    const id = `<${sent.id}@toolbox.localhost>`;
    expect(caughtBy(email).map(({ messageId }) => messageId)).toEqual([id, id]);
  });

  it('whose answer is lost again is given up, as a dead letter: never a third time', async () => {
    app.mail.faults.dropNextAfterData(2);
    const { email, invitationId } = await causeMail(app);
    const again = await tryAgain(await waitForFirst(invitationId));
    expect(again).toMatchObject({ status: 'sending', unconfirmed_attempts: 1 });
    const given = await tryAgain(again);
    expect(given).toMatchObject({
      status: 'failed',
      last_error: expect.stringMatching(/not sent a third time/) as unknown,
    });
    const ids = caughtBy(email).map(({ messageId }) => messageId);
    expect(ids).toHaveLength(2);
    expect(new Set(ids).size).toBe(1);
    await expectDeadLetter(given);
  });

  it('counts only the attempts of which nobody knows: refusals before and after do not use up the repeat', async () => {
    app.mail.faults.failNext(1, 451);
    const { email, invitationId } = await causeMail(app);
    const first = await waitForFirst(invitationId);
    app.mail.faults.dropNextAfterData(1);
    const lost = await tryAgain(first);
    expect(lost).toMatchObject({ status: 'sending', unconfirmed_attempts: 0 });
    const sent = await tryAgain(lost);
    expect(sent).toMatchObject({ status: 'sent', attempts: 3, unconfirmed_attempts: 1 });
    expect(caughtBy(email)).toHaveLength(2);
  });

  const jobsAbout = async (mailId: string) =>
    (await jobsOf(app.database, 'send-mail')).filter(({ data }) => data['mailId'] === mailId);

  async function expectDeadLetter({ id: mailId, org_id: orgId }: MailRow): Promise<void> {
    const find = async () => {
      const letters = await deadLettersOf(app, mailId);
      return letters.length > 0 && letters;
    };
    const letters = await waitFor(find, { what: 'the dead letter' });
    expect(letters).toEqual([{ data: { orgId, mailId } }]);
  }

  async function secondsToRetry(mailId: string): Promise<number> {
    const sql = `select extract(epoch from start_after - now())::float as seconds from pgboss.job
      where name = 'send-mail' and data->>'mailId' = $1 and state = 'retry' and start_after > now()`;
    const probe = async () =>
      (await app.database.query<{ seconds: number }>('superuser', sql, [mailId]))[0]?.seconds;
    return waitFor(probe, { what: 'a retry' });
  }
});
