import { defineEntity, p } from '@mikro-orm/core';
import { Account } from './account.entity.js';

/**
 * A token that proves an address, usable once. Its plaintext is derived from `id` when the mail is sent and
 * stands nowhere. It carries the password of the registration that it belongs to: whoever registered an
 * address first without being able to read its mail gains nothing when its owner registers it too.
 */
const EmailVerificationSchema = defineEntity({
  name: 'EmailVerification',
  tableName: 'email_verification',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(Account).ref().index().deleteRule('cascade').updateRule('no action'),
    tokenHash: p.blob().unique().hidden(),
    /** Which secret the token is derived from. */
    keyId: p.text(),
    passwordHash: p.text().hidden(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
  },
});

export class EmailVerification extends EmailVerificationSchema.class {}
EmailVerificationSchema.setClass(EmailVerification);
