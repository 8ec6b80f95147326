import { p } from '@mikro-orm/core';
import { tenantEntity } from '../../kernel/database/index.js';
import { Account } from '../accounts/index.js';

export const environmentStatuses = ['draft', 'published', 'archived'] as const;
export type EnvironmentStatus = (typeof environmentStatuses)[number];

/** A learning environment. Deleting keeps the row, so that it can be restored and audited. */
const EnvironmentSchema = tenantEntity({
  name: 'Environment',
  tableName: 'environment',
  properties: {
    owner: () =>
      p.manyToOne(Account).ref().fieldName('owner_id').deleteRule('restrict').updateRule('no action'),
    name: p.text(),
    description: p.text(),
    status: p.enum(environmentStatuses),
    /** What it was before it was archived, to come back to. */
    statusBeforeArchive: p.enum(environmentStatuses).nullable(),
    /** Counts the edits; an edit names the one it was made on. */
    revision: p.integer().default(1),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
    deletedAt: p.datetime(3).nullable(),
  },
  indexes: [
    {
      name: 'environment_newest',
      expression:
        'create index "environment_newest" on "environment" ("org_id", "created_at" desc, "id" desc) where deleted_at is null',
    },
    {
      name: 'environment_newest_of_owner',
      expression:
        'create index "environment_newest_of_owner" on "environment" ("org_id", "owner_id", "created_at" desc, "id" desc) where deleted_at is null',
    },
  ],
});

export class Environment extends EnvironmentSchema.class {}
EnvironmentSchema.setClass(Environment);
