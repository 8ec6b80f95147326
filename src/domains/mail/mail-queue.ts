import type { Context, TransactionContext } from '../../kernel/context.js';
import type { StoredEvent } from '../../kernel/events/event.js';
import type { JobSender } from '../../kernel/jobs/job-queue.js';
import type { SendMailJob } from './mail.jobs.js';
import type { MailTemplateName } from './render-mail.js';

export interface QueueMailDeps {
  jobs: JobSender;
  sendMail: SendMailJob;
}

/** Queues one mail for an event, however often the event is delivered. */
export type QueueMail = (
  ctx: Context,
  event: StoredEvent,
  template: MailTemplateName,
  subjectId: string,
) => Promise<void>;

const insertSql = `
  insert into mail_message (org_id, id, template, subject_id, event_id, status, created_at)
  values (?, ?, ?, ?, ?, 'queued', ?)
  on conflict (org_id, event_id, template) do nothing
  returning id`;

export function createQueueMail({ jobs, sendMail }: QueueMailDeps): QueueMail {
  async function queue(
    tx: TransactionContext,
    event: StoredEvent,
    template: string,
    subjectId: string,
  ): Promise<void> {
    const { orgId } = event;
    const values = [orgId, tx.ids.next(), template, subjectId, event.id, tx.clock.now()];
    const [row] = await tx.em.execute<{ id: string }[]>(insertSql, values);
    if (row) await jobs.send(tx, sendMail, { orgId, mailId: row.id }, row.id);
  }
  return (ctx, event, template, subjectId) => ctx.transaction((tx) => queue(tx, event, template, subjectId));
}
