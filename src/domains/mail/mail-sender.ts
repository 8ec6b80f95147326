import { LockMode } from '@mikro-orm/core';
import type { Context } from '../../kernel/context.js';
import { maskText } from '../../kernel/logger-redaction.js';
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

/** An attempt under way, as its mail stands while nobody else has touched it. */
type Begun = Pick<MailMessage, 'id' | 'attempts' | 'status' | 'template' | 'subjectId'> & {
  givenUp: boolean;
};

export function createMailSender({ transport, compose, from }: MailSenderDeps): SendMail {
  const domain = from.address.split('@')[1] ?? 'localhost';

  /** Keeps what became of an attempt, unless another one has begun or ended since. */
  async function settle(ctx: Context, begun: Begun, outcome: Outcome): Promise<void> {
    const { id, attempts, status } = begun;
    const own = { id, attempts, status };
    const rows = await ctx.transaction((tx) => tx.em.nativeUpdate(MailMessage, own, outcome));
    if (rows === 0) {
      ctx.log.warn(
        { mailId: id, attempts, outcome: outcome.status },
        'another attempt has overtaken this one',
      );
    }
  }

  /**
   * Marks the mail before it is handed over, so that a crash is known afterwards. The last attempt marks it as
   * failed beforehand: nobody comes after it to do so if its worker dies.
   * @returns null when it is done.
   */
  async function begin(ctx: Context, { mailId }: SendMailData, isLast: boolean): Promise<Begun | null> {
    return ctx.transaction(async (tx) => {
      const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
      const mail = await tx.em.findOne(MailMessage, { id: mailId }, lock);
      if (!mail) throw new PermanentJobError(`There is no mail ${mailId}.`);
      if (mail.status !== 'queued' && mail.status !== 'sending') return null;
      if (mail.status === 'sending') mail.unconfirmedAttempts += 1;
      mail.attempts += 1;
      const givenUp = mail.unconfirmedAttempts > maxUnconfirmedAttempts;
      mail.status = givenUp || isLast ? 'failed' : 'sending';
      if (givenUp) mail.lastError = 'Nobody knows whether the provider took it; not sent a third time.';
      else if (isLast) mail.lastError = 'The last attempt began and nobody knows how it ended.';
      const { id, attempts, status, template, subjectId } = mail;
      return { id, attempts, status, template, subjectId, givenUp };
    });
  }

  async function fail(ctx: Context, begun: Begun, error: unknown, attempt: JobAttempt): Promise<never> {
    const failure = error instanceof MailDeliveryError ? error : null;
    // Messages of database errors quote the values of rows.
    const lastError = maskText(error instanceof Error ? error.message : String(error));
    const permanent = failure?.kind === 'permanent';
    // Left as `sending` when the answer was lost: the next attempt then counts it.
    const unknown = failure?.accepted === 'unknown';
    const status = permanent || attempt.isLast ? 'failed' : unknown ? 'sending' : 'queued';
    await settle(ctx, begun, { status, lastError });
    if (permanent) throw new PermanentJobError(lastError, { cause: error });
    throw error;
  }

  return async (ctx, data, attempt) => {
    // Its turn in the batch came too late: it is somebody else's by now.
    attempt.signal.throwIfAborted();
    const mail = await begin(ctx, data, attempt.isLast);
    if (!mail) return;
    if (mail.givenUp) throw new PermanentJobError(`Mail ${mail.id} was given up: its answer was lost twice.`);
    let receipt: MailReceipt;
    try {
      const composed = await compose(ctx, mail.template, mail.subjectId);
      if (!composed) return await settle(ctx, mail, { status: 'skipped', lastError: null });
      const { to, subject, html, text } = composed;
      const messageId = `<${mail.id}@${domain}>`;
      receipt = await transport.send(
        { messageId, from, to, subject, html, text },
        { signal: attempt.signal },
      );
    } catch (error) {
      return fail(ctx, mail, error, attempt);
    }
    await settle(ctx, mail, {
      status: 'sent',
      lastError: null,
      provider: receipt.provider,
      providerMessageId: receipt.providerMessageId,
      sentAt: ctx.clock.now(),
    });
  };
}
