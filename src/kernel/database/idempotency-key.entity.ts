import { p } from '@mikro-orm/core';
import { databaseRoles } from './roles.js';
import { currentUserSql } from './tenancy-sql.js';
import { tenantEntity } from './tenant-entity.js';

/**
 * The remembered answer of a write that was called with an `idempotencyKey`. `id` is derived from actor,
 * operation and key, so that a repeat meets the first row. What an account does outside any organization is
 * kept under the account's own id.
 */
const IdempotencyKeySchema = tenantEntity({
  name: 'IdempotencyKey',
  tableName: 'idempotency_key',
  properties: {
    operation: p.text(),
    inputHash: p.text(),
    answer: p.json<object>(),
    expiresAt: p.datetime(3),
  },
  indexes: [{ name: 'idempotency_key_expires_at', properties: ['expiresAt'] }],
  policies: [
    {
      name: 'idempotency_key_own',
      roles: [databaseRoles.app],
      using: `org_id = ${currentUserSql}`,
      check: `org_id = ${currentUserSql}`,
    },
  ],
});

export class IdempotencyKey extends IdempotencyKeySchema.class {}
IdempotencyKeySchema.setClass(IdempotencyKey);
