import { p } from '@mikro-orm/core';
import { tenantEntity } from '../../kernel/database/index.js';

const mailStatuses = ['queued', 'sending', 'sent', 'failed', 'skipped'] as const;

/**
 * A mail to send: which template about which thing. Recipient, links and words are made when it is sent, so
 * that no token and no address waits in the queue. Mails of no organization stand under the platform's id.
 */
const MailMessageSchema = tenantEntity({
  name: 'MailMessage',
  tableName: 'mail_message',
  properties: {
    template: p.text(),
    /** The account, invitation or token that the template is about. */
    subjectId: p.uuid(),
    /** The event that caused it: one mail for each. */
    eventId: p.uuid(),
    status: p.enum(mailStatuses),
    attempts: p.integer().default(0),
    /** Attempts of which nobody knows whether the provider took the mail: a crash, or a lost answer. */
    unconfirmedAttempts: p.integer().default(0),
    lastError: p.text().nullable(),
    provider: p.text().nullable(),
    providerMessageId: p.text().nullable(),
    createdAt: p.datetime(3),
    sentAt: p.datetime(3).nullable(),
  },
  uniques: [{ name: 'mail_message_event_template', properties: ['orgId', 'eventId', 'template'] }],
  indexes: [{ name: 'mail_message_org_status', properties: ['orgId', 'status', 'createdAt'] }],
});

export class MailMessage extends MailMessageSchema.class {}
MailMessageSchema.setClass(MailMessage);
