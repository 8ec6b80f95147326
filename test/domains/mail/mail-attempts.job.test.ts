import { openInfrastructure, type Infrastructure } from '../../../src/app/infrastructure.js';
import { createSmtpTransport } from '../../../src/adapters/mail/smtp-transport.js';
import { createMailSender } from '../../../src/domains/mail/mail-sender.js';
import { systemActor } from '../../../src/kernel/actor.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { PLATFORM_ORG_ID, uuidV7Ids } from '../../../src/kernel/ids.js';
import { captureLog } from '../../support/captured-log.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import type { MailRow } from './scene.js';

/** What happens between the beginning and the end of an attempt, staged where the mail is composed. */
describe('an attempt to send a mail', () => {
  const captured = captureLog('warn');
  const transport = createSmtpTransport({ host: '127.0.0.1', port: 9, tls: 'none' });
  let database: TestDatabase;
  let infrastructure: Infrastructure;
  beforeAll(async () => {
    database = await createTestDatabase();
    infrastructure = await openInfrastructure({
      databaseUrl: database.url('app'),
      poolSize: 2,
      busKind: 'in-process',
      log: captured.log,
      clock: systemClock,
      ids: uuidV7Ids,
    });
  });
  afterAll(async () => {
    await transport.close();
    await infrastructure.close();
    await database.drop();
  });

  async function queuedMail(): Promise<string> {
    const [row] = await database.query<{ id: string }>(
      'owner',
      `insert into mail_message (org_id, id, template, subject_id, event_id, status, created_at)
       values ($1, gen_random_uuid(), 'welcome', gen_random_uuid(), gen_random_uuid(), 'queued', now()) returning id`,
      [PLATFORM_ORG_ID],
    );
    return row?.id ?? '';
  }

  async function stateOf(mailId: string): Promise<MailRow | undefined> {
    const rows = await database.query<MailRow>('owner', 'select * from mail_message where id = $1', [mailId]);
    return rows[0];
  }

  /** Runs one attempt; `meanwhile` stands for its composing, and ends it as no longer wanted or by throwing. */
  async function attempt(
    mailId: string,
    meanwhile: () => Promise<void>,
    { isLast = false, signal = new AbortController().signal } = {},
  ): Promise<void> {
    const compose = () => meanwhile().then(() => null);
    const send = createMailSender({ transport, compose, from: { address: 'no-reply@toolbox.test' } });
    const orgId = PLATFORM_ORG_ID;
    const ctx = infrastructure.createContext({ actor: systemActor('send-mail'), orgId, requestId: 'test' });
    await send(ctx, { orgId, mailId }, { id: '', number: 1, isLast, signal });
  }

  it('keeps its outcome', async () => {
    const mailId = await queuedMail();
    await attempt(mailId, () => Promise.resolve());
    expect(await stateOf(mailId)).toMatchObject({ status: 'skipped', attempts: 1 });
  });

  it.each([
    ['a newer one began', `status = 'sending', attempts = 2`, { status: 'sending', attempts: 2 }],
    ['a newer one ended', `status = 'sent', attempts = 2, sent_at = now()`, { status: 'sent', attempts: 2 }],
  ])('that ends after %s changes nothing, and says so', async (_what, change, expected) => {
    const mailId = await queuedMail();
    const late = attempt(mailId, async () => {
      await database.query('owner', `update mail_message set ${change} where id = $1`, [mailId]);
      throw new Error('too late');
    });
    await expect(late).rejects.toThrow('too late');
    expect(await stateOf(mailId)).toMatchObject({ ...expected, last_error: null });
    expect(captured.lines().filter((line) => line['mailId'] === mailId)).not.toEqual([]);
  });

  it('that is the last leaves no mail `sending` when its worker dies', async () => {
    const mailId = await queuedMail();
    let during: MailRow | undefined;
    await attempt(
      mailId,
      async () => {
        during = await stateOf(mailId);
      },
      { isLast: true },
    );
    expect(during).toMatchObject({
      status: 'failed',
      last_error: expect.stringMatching(/nobody knows how it ended/) as unknown,
    });
    // It did not die: what it found out counts.
    expect(await stateOf(mailId)).toMatchObject({ status: 'skipped', last_error: null });
  });

  it('keeps no address or value of a row that an error quotes', async () => {
    const mailId = await queuedMail();
    const quoting = new Error('insert … - Key (email_key)=(ada@example.com) already exists.');
    await expect(attempt(mailId, () => Promise.reject(quoting))).rejects.toThrow();
    const mail = await stateOf(mailId);
    expect(mail).toMatchObject({
      status: 'queued',
      last_error: expect.stringContaining('email_key') as unknown,
    });
    expect(mail?.last_error).not.toContain('ada');
  });

  it('does not begin when its turn in the batch comes after its time', async () => {
    const mailId = await queuedMail();
    const late = attempt(mailId, () => Promise.resolve(), { signal: AbortSignal.abort() });
    await expect(late).rejects.toThrow(/abort/i);
    expect(await stateOf(mailId)).toMatchObject({ status: 'queued', attempts: 0 });
  });
});
