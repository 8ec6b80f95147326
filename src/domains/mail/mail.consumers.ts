import { defineConsumer, type Consumer } from '../../kernel/events/consumer.js';
import { accountVerified, registrationRepeated, verificationRequested } from '../accounts/accounts.events.js';
import { invitationCreated } from '../organizations/organizations.events.js';
import type { QueueMail } from './mail-queue.js';

/** Which event sends which mail. */
export function createMailConsumers(queueMail: QueueMail): Consumer[] {
  return [
    defineConsumer('mail.queue-verification', verificationRequested, (ctx, event) =>
      queueMail(ctx, event, 'verification', event.payload.registrationId),
    ),
    defineConsumer('mail.queue-account-exists', registrationRepeated, (ctx, event) =>
      queueMail(ctx, event, 'account-exists', event.payload.accountId),
    ),
    defineConsumer('mail.queue-welcome', accountVerified, (ctx, event) =>
      queueMail(ctx, event, 'welcome', event.payload.accountId),
    ),
    defineConsumer('mail.queue-invitation', invitationCreated, (ctx, event) =>
      queueMail(ctx, event, 'invitation', event.payload.invitationId),
    ),
  ];
}
