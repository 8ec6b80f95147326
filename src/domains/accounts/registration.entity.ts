import { defineEntity, p } from '@mikro-orm/core';

/**
 * What somebody asked for when they registered, until the address is proven: only then an account is made of it,
 * so that an unproven address or username reserves nothing. The mailed token is derived from `id` and stands
 * nowhere. A registration with an address that has an account already is kept as used, to pace the mails.
 */
const RegistrationSchema = defineEntity({
  name: 'Registration',
  tableName: 'registration',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    /** The address as compared: trimmed, NFKC, lower case. */
    emailKey: p.text(),
    username: p.text(),
    usernameKey: p.text(),
    name: p.text(),
    /** Null once an account has it. */
    passwordHash: p.text().nullable().hidden(),
    tokenHash: p.blob().unique().hidden(),
    /** Which secret the token is derived from. */
    keyId: p.text(),
    createdAt: p.datetime(3),
    /** When a mail was last due for it; null when another registration's mail stood for it. */
    mailRequestedAt: p.datetime(3).nullable(),
    /** When its link stops working; asking for a new mail moves it. */
    expiresAt: p.datetime(3),
    usedAt: p.datetime(3).nullable(),
  },
  indexes: [
    { name: 'registration_email_created', properties: ['emailKey', 'createdAt'] },
    { name: 'registration_username_created', properties: ['usernameKey', 'createdAt'] },
    { name: 'registration_expires', properties: ['expiresAt'] },
  ],
});

export class Registration extends RegistrationSchema.class {}
RegistrationSchema.setClass(Registration);
