import {
  enumColumn,
  one,
  plainColumn,
  textColumn,
  timestampColumn,
  type Readable,
  type ReadableRoot,
} from '../../kernel/read/readable.js';
import { userReadable } from '../accounts/index.js';
import { RoleEnum } from './organization.types.js';
import { canSeeInvitations } from './organizations.policy.js';

const organizationReadable: Readable = {
  typeName: 'Organization',
  table: 'organization',
  fields: { id: plainColumn('id'), name: textColumn('name'), createdAt: timestampColumn('created_at') },
};

const membershipReadable: Readable = {
  typeName: 'Membership',
  table: 'membership',
  fields: {
    id: plainColumn('id'),
    role: enumColumn('role', RoleEnum),
    createdAt: timestampColumn('created_at'),
    user: one(() => userReadable, 'user_id'),
    organization: one(() => organizationReadable, 'org_id'),
  },
};

const invitationReadable: Readable = {
  typeName: 'Invitation',
  table: 'invitation',
  fields: {
    id: plainColumn('id'),
    email: textColumn('email'),
    role: enumColumn('role', RoleEnum),
    createdAt: timestampColumn('created_at'),
    expiresAt: timestampColumn('expires_at'),
    withdrawnAt: timestampColumn('withdrawn_at'),
    invitedBy: one(() => userReadable, 'invited_by'),
  },
};

/** The queries of `organization.queries.ts` for the fast lane. */
export const organizationReads: ReadableRoot[] = [
  {
    field: 'organization',
    type: organizationReadable,
    shape: 'one',
    within: 'organization',
    conditions: () => [],
  },
  {
    field: 'myMemberships',
    type: membershipReadable,
    shape: 'connection',
    within: 'account',
    conditions: ({ actor, bind }) => [`t.user_id = ${bind(actor.userId)}`],
  },
  {
    field: 'members',
    type: membershipReadable,
    shape: 'connection',
    within: 'organization',
    conditions: () => [],
  },
  {
    field: 'invitations',
    type: invitationReadable,
    shape: 'connection',
    within: 'organization',
    conditions({ actor, now, bind }) {
      const { membership } = actor;
      if (!membership || !canSeeInvitations({ ...actor, membership })) return null;
      return ['t.accepted_at is null', 't.withdrawn_at is null', `t.expires_at > ${bind(now.toISOString())}`];
    },
  },
];
