import type { Context } from '../../kernel/context.js';
import { PermanentJobError, type JobAttempt } from '../../kernel/jobs/job.js';
import type { ComposeMail } from './mail-composer.js';
import { MailMessage } from './mail-message.entity.js';
import type { SendMailData } from './mail.jobs.js';
import { MailDeliveryError, type MailAddress, type MailReceipt, type MailTransport } from './mail.ports.js';

/** A mail that may have been delivered is repeated once, with the same Message-ID, and then given up. */
const maxUnconfirmedAttempts = 1;

export interface MailSenderDeps {
  transport: MailTransport;
  compose: ComposeMail;
  from: MailAddress;
}

/** Sends one queued mail and keeps what became of it. */
export type SendMail = (ctx: Context, data: SendMailData, attempt: JobAttempt) => Promise<void>;

type Outcome = Partial<
  Pick<MailMessage, 'status' | 'lastError' | 'provider' | 'providerMessageId' | 'sentAt'>
>;

export function createMailSender({ transport, compose, from }: MailSenderDeps): SendMail {
  const domain = from.address.split('@')[1] ?? 'localhost';

  async function settle(ctx: Context, { mailId }: SendMailData, outcome: Outcome): Promise<void> {
    await ctx.transaction((tx) => tx.em.nativeUpdate(MailMessage, { id: mailId }, outcome));
  }

  /** Marks the mail before it is handed over, so that a crash is known afterwards. @returns null when it is done. */
  async function begin(ctx: Context, { mailId }: SendMailData): Promise<MailMessage | null> {
    return ctx.transaction(async (tx) => {
      const mail = await tx.em.findOne(MailMessage, { id: mailId });
      if (!mail) throw new PermanentJobError(`There is no mail ${mailId}.`);
      if (mail.status !== 'queued' && mail.status !== 'sending') return null;
      if (mail.status === 'sending') mail.unconfirmedAttempts += 1;
      mail.attempts += 1;
      mail.status = mail.unconfirmedAttempts > maxUnconfirmedAttempts ? 'failed' : 'sending';
      if (mail.status === 'failed')
        mail.lastError = 'Nobody knows whether the provider took it; not sent a third time.';
      return mail;
    });
  }

  async function fail(ctx: Context, data: SendMailData, error: unknown, attempt: JobAttempt): Promise<never> {
    const failure = error instanceof MailDeliveryError ? error : null;
    const lastError = error instanceof Error ? error.message : String(error);
    const permanent = failure?.kind === 'permanent';
    // Left as `sending` when the answer was lost: the next attempt then counts it.
    const unknown = failure?.accepted === 'unknown';
    const status = permanent || attempt.isLast ? 'failed' : unknown ? 'sending' : 'queued';
    await settle(ctx, data, { status, lastError });
    if (permanent) throw new PermanentJobError(lastError, { cause: error });
    throw error;
  }

  return async (ctx, data, attempt) => {
    const mail = await begin(ctx, data);
    if (!mail) return;
    if (mail.status === 'failed')
      throw new PermanentJobError(`Mail ${data.mailId}: ${mail.lastError ?? 'given up'}`);
    let receipt: MailReceipt;
    try {
      const composed = await compose(ctx, mail.template, mail.subjectId);
      if (!composed) return await settle(ctx, data, { status: 'skipped', lastError: null });
      const { to, subject, html, text } = composed;
      const messageId = `<${mail.id}@${domain}>`;
      receipt = await transport.send(
        { messageId, from, to, subject, html, text },
        { signal: attempt.signal },
      );
    } catch (error) {
      return fail(ctx, data, error, attempt);
    }
    await settle(ctx, data, {
      status: 'sent',
      lastError: null,
      provider: receipt.provider,
      providerMessageId: receipt.providerMessageId,
      sentAt: ctx.clock.now(),
    });
  };
}
