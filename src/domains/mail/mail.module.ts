import { handleJob } from '../../kernel/jobs/job.js';
import type { JobSender } from '../../kernel/jobs/job-queue.js';
import type { AccountMails } from '../accounts/index.js';
import type { OrganizationMails } from '../organizations/index.js';
import { createMailComposer } from './mail-composer.js';
import { createQueueMail } from './mail-queue.js';
import { createMailSender } from './mail-sender.js';
import { createMailConsumers } from './mail.consumers.js';
import { defineSendMail } from './mail.jobs.js';
import type { MailAddress, MailTransport } from './mail.ports.js';

export interface MailSettings {
  publicUrl: string;
  from: MailAddress;
  productName: string;
  batchSize: number;
  maxAttempts: number;
}

export interface MailDeps {
  accounts: AccountMails;
  organizations: OrganizationMails;
  transport: MailTransport;
  jobs: JobSender;
  settings: MailSettings;
}

/** What is written to people: queued by events, composed when it is sent. */
export function createMail({ accounts, organizations, transport, jobs, settings }: MailDeps) {
  const { publicUrl, from, productName } = settings;
  const sendMail = defineSendMail({ ...settings, concurrency: transport.concurrency });
  const compose = createMailComposer({ accounts, organizations, publicUrl, brand: { productName } });
  const send = createMailSender({ transport, compose, from });
  return {
    consumers: createMailConsumers(createQueueMail({ jobs, sendMail })),
    jobs: [handleJob(sendMail, send, { orgIdOf: ({ orgId }) => orgId })],
  };
}
