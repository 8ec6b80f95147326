import { roleAtLeast, type MemberActor, type Role } from '../../kernel/actor.js';

export function canRenameOrganization(actor: MemberActor): boolean {
  return roleAtLeast(actor.membership.role, 'admin');
}

/** Admins manage everybody but owners; only owners make owners. */
export function canGrantRole(actor: MemberActor, role: Role): boolean {
  return role === 'owner' ? actor.membership.role === 'owner' : roleAtLeast(actor.membership.role, 'admin');
}

export function canChangeMember(actor: MemberActor, current: Role): boolean {
  return canGrantRole(actor, current);
}

/** Whether there is anybody whom the actor may remove. */
export function canRemoveMembers(actor: MemberActor): boolean {
  return roleAtLeast(actor.membership.role, 'admin');
}

export function canSeeInvitations(actor: MemberActor): boolean {
  return roleAtLeast(actor.membership.role, 'admin');
}
