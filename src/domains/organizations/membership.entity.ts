import { p } from '@mikro-orm/core';
import { roles } from '../../kernel/actor.js';
import { currentUserSql, databaseRoles, tenantEntity } from '../../kernel/database/index.js';
import { Account } from '../accounts/index.js';

/** That an account works in an organization, and as what. */
const MembershipSchema = tenantEntity({
  name: 'Membership',
  tableName: 'membership',
  properties: {
    user: () => p.manyToOne(Account).ref().fieldName('user_id').deleteRule('cascade').updateRule('no action'),
    role: p.enum(roles),
    /** From one sequence, higher with each change: access tokens that carry a lower one are refused. */
    version: p.bigint('number'),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
  uniques: [{ name: 'membership_org_user', properties: ['orgId', 'user'] }],
  indexes: [
    { name: 'membership_user', properties: ['user'] },
    { name: 'membership_org_created', properties: ['orgId', 'createdAt', 'id'] },
  ],
  policies: [
    {
      name: 'membership_own_read',
      command: 'select',
      roles: [databaseRoles.app],
      using: `user_id = ${currentUserSql}`,
    },
  ],
});

export class Membership extends MembershipSchema.class {}
MembershipSchema.setClass(Membership);
