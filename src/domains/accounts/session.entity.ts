import { defineEntity, p } from '@mikro-orm/core';
import { Account } from './account.entity.js';

const sessionEndReasons = ['signed-out', 'ended-by-user', 'refresh-token-reused'] as const;
export type SessionEndReason = (typeof sessionEndReasons)[number];

/** One sign-in on one device, and the family of refresh tokens that descends from it. */
const SessionSchema = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    id: p.uuid().primary(),
    account: () => p.manyToOne(Account).ref().deleteRule('cascade').updateRule('no action'),
    /** The organization that new access tokens are for. */
    activeOrgId: p.uuid().nullable(),
    address: p.text().nullable(),
    userAgent: p.text().nullable(),
    createdAt: p.datetime(3),
    lastSeenAt: p.datetime(3),
    expiresAt: p.datetime(3),
    endedAt: p.datetime(3).nullable(),
    endReason: p.enum(sessionEndReasons).nullable(),
  },
  indexes: [
    { name: 'session_account_created', properties: ['account', 'createdAt'] },
    { name: 'session_ended', properties: ['endedAt'] },
    { name: 'session_expires', properties: ['expiresAt'] },
  ],
});

export class Session extends SessionSchema.class {}
SessionSchema.setClass(Session);
