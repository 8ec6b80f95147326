import { defineEntity, p } from '@mikro-orm/core';

/** A person who can sign in: made once the address is proven. Belongs to no organization; memberships say where it may work. */
const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    id: p.uuid().primary(),
    email: p.text(),
    /** The address as compared: trimmed, NFKC, lower case. */
    emailKey: p.text().unique(),
    username: p.text(),
    usernameKey: p.text().unique(),
    /** What other people see. */
    name: p.text(),
    passwordHash: p.text().hidden(),
    platformAdmin: p.boolean().default(false),
    emailVerifiedAt: p.datetime(3),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
});

export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
