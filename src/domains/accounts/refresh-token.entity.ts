import { defineEntity, p } from '@mikro-orm/core';
import { Session } from './session.entity.js';

/** One link of a session's chain of refresh tokens. Spent on use; its successor can be derived again. */
const RefreshTokenSchema = defineEntity({
  name: 'RefreshToken',
  tableName: 'refresh_token',
  properties: {
    id: p.uuid().primary(),
    session: () => p.manyToOne(Session).ref().index().deleteRule('cascade').updateRule('no action'),
    tokenHash: p.blob().unique().hidden(),
    keyId: p.text(),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    spentAt: p.datetime(3).nullable(),
    successorId: p.uuid().nullable(),
  },
  indexes: [{ name: 'refresh_token_expires', properties: ['expiresAt'] }],
});

export class RefreshToken extends RefreshTokenSchema.class {}
RefreshTokenSchema.setClass(RefreshToken);
