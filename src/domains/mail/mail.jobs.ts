import { z } from 'zod';
import { defineJob, type JobDefinition } from '../../kernel/jobs/job.js';

export interface SendMailData {
  orgId: string;
  mailId: string;
}

export type SendMailJob = JobDefinition<SendMailData>;

export interface MailQueueSettings {
  /** Mails fetched at once. */
  batchSize: number;
  /** Of these, how many are sent at the same time: as many as the transport has connections. */
  concurrency: number;
  /** Tries before a mail is given up and kept as a dead letter. */
  maxAttempts: number;
}

/** Doubled up to an hour, so that the attempts last for longer than an outage of a day. */
const firstRetrySeconds = 30;
const longestRetrySeconds = 3600;
/** Longer than the transport may take for one mail. */
const longestSendSeconds = 180;

export function defineSendMail({ batchSize, concurrency, maxAttempts }: MailQueueSettings): SendMailJob {
  return defineJob({
    name: 'send-mail',
    schema: z.object({ orgId: z.uuid(), mailId: z.uuid() }),
    retry: { limit: maxAttempts - 1, delaySeconds: firstRetrySeconds, maxDelaySeconds: longestRetrySeconds },
    batchSize,
    // The two batches that a worker has in hand share the connections: what is `sending` waits for none.
    concurrency: Math.max(1, Math.floor(concurrency / 2)),
    timeoutSeconds: longestSendSeconds,
  });
}
