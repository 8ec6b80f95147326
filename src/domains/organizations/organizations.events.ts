import { z } from 'zod';
import { roles } from '../../kernel/actor.js';
import { defineEvent } from '../../kernel/events/event.js';

const id = z.uuid();
const role = z.enum(roles);

export const organizationCreated = defineEvent('organization.created.v1', z.object({ organizationId: id }));
export const organizationRenamed = defineEvent('organization.renamed.v1', z.object({ organizationId: id }));

/** The invitation mail is due. */
export const invitationCreated = defineEvent('invitation.created.v1', z.object({ invitationId: id }));
export const invitationWithdrawn = defineEvent('invitation.withdrawn.v1', z.object({ invitationId: id }));

export const membershipAdded = defineEvent('membership.added.v1', z.object({ userId: id, role }));

/** Of the membership: tokens that carry a lower one have ended. */
const version = z.int();

export const membershipRoleChanged = defineEvent(
  'membership.role-changed.v1',
  z.object({ userId: id, role, version }),
);
export const membershipRemoved = defineEvent('membership.removed.v1', z.object({ userId: id, version }));
