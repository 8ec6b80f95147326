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
  /** Tries before a mail is given up and kept as a dead letter. */
  maxAttempts: number;
}

const firstRetrySeconds = 5;
const longestRetrySeconds = 3600;
/** Longer than the transport may take. */
const timeoutSeconds = 180;

export function defineSendMail({ batchSize, maxAttempts }: MailQueueSettings): SendMailJob {
  return defineJob({
    name: 'send-mail',
    schema: z.object({ orgId: z.uuid(), mailId: z.uuid() }),
    retry: { limit: maxAttempts - 1, delaySeconds: firstRetrySeconds, maxDelaySeconds: longestRetrySeconds },
    batchSize,
    concurrency: batchSize,
    timeoutSeconds,
  });
}
