import { p } from '@mikro-orm/core';
import { roles } from '../../kernel/actor.js';
import { tenantEntity } from '../../kernel/database/index.js';
import { Account } from '../accounts/index.js';

/** An offer of membership, bound to an address. Its token is derived from `id` when the mail is sent. */
const InvitationSchema = tenantEntity({
  name: 'Invitation',
  tableName: 'invitation',
  properties: {
    email: p.text(),
    emailKey: p.text(),
    role: p.enum(roles),
    tokenHash: p.blob().index().hidden(),
    keyId: p.text(),
    invitedBy: () =>
      p.manyToOne(Account).ref().fieldName('invited_by').deleteRule('cascade').updateRule('no action'),
    createdAt: p.datetime(3),
    expiresAt: p.datetime(3),
    acceptedAt: p.datetime(3).nullable(),
    withdrawnAt: p.datetime(3).nullable(),
  },
  uniques: [
    {
      name: 'invitation_open_email',
      expression:
        'create unique index "invitation_open_email" on "invitation" ("org_id", "email_key") where accepted_at is null and withdrawn_at is null',
    },
  ],
  indexes: [{ name: 'invitation_org_created', properties: ['orgId', 'createdAt', 'id'] }],
});

export class Invitation extends InvitationSchema.class {}
InvitationSchema.setClass(Invitation);
