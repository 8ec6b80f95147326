import { LockMode } from '@mikro-orm/core';
import { requireMember, type MemberActor, type Role } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import { revokeMembershipAccess } from '../accounts/index.js';
import { nextMembershipVersion } from './membership-version.js';
import { Membership } from './membership.entity.js';
import { LastOwnerError } from './organizations.errors.js';
import { membershipRemoved, membershipRoleChanged } from './organizations.events.js';
import { canChangeMember, canGrantRole, canRemoveMembers } from './organizations.policy.js';

export type MembershipService = ReturnType<typeof createMembershipService>;

/** Who belongs to the active organization, and as what. Every command here is about that one. */
export function createMembershipService() {
  return { changeRole, remove: removeMember, leave: leaveOrganization };
}

/** Locks the member, and before it every owner, so that two owners cannot leave each other alone. */
async function lockMember(tx: TransactionContext, userId: string) {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  const owners = await tx.em.find(Membership, { role: 'owner' }, lock);
  const member = await tx.em.findOne(Membership, { user: userId }, lock);
  return { member, isLastOwner: member?.role === 'owner' && owners.length === 1 };
}

function assertMayChange(actor: MemberActor, role: Role): void {
  if (!canChangeMember(actor, role)) throw new ForbiddenError(`Your role does not let you change a ${role}.`);
}

/** Gives a member another role; tokens with the old one end. @throws NotFoundError, ForbiddenError, LastOwnerError */
async function changeRole(ctx: Context, userId: string, role: Role): Promise<Membership> {
  const actor = requireMember(ctx.actor);
  const { orgId } = actor.membership;
  return ctx.transaction(async (tx) => {
    const { member, isLastOwner } = await lockMember(tx, userId);
    if (!member) throw NotFoundError.of('member', userId);
    assertMayChange(actor, member.role);
    if (!canGrantRole(actor, role))
      throw new ForbiddenError(`Your role does not let you make somebody ${role}.`);
    if (member.role === role) return member;
    if (isLastOwner) throw new LastOwnerError();
    const version = await nextMembershipVersion(tx);
    member.role = role;
    member.version = version;
    member.updatedAt = tx.clock.now();
    tx.emit(membershipRoleChanged({ orgId, subjectId: userId, payload: { userId, role, version } }));
    revokeMembershipAccess(tx, { userId, orgId, version });
    return member;
  });
}

/**
 * Removes somebody; their tokens for this organization end at once. Whoever does not belong to it, or not any
 * more, is removed already. @throws ForbiddenError, LastOwnerError
 */
async function removeMember(ctx: Context, userId: string): Promise<void> {
  const actor = requireMember(ctx.actor);
  if (!canRemoveMembers(actor)) throw new ForbiddenError('Only owners and admins remove members.');
  await endMembership(ctx, actor, userId, (role) => assertMayChange(actor, role));
}

/** The caller leaves. @throws LastOwnerError */
async function leaveOrganization(ctx: Context): Promise<void> {
  const actor = requireMember(ctx.actor);
  await endMembership(ctx, actor, actor.userId, () => undefined);
}

async function endMembership(
  ctx: Context,
  actor: MemberActor,
  userId: string,
  check: (role: Role) => void,
): Promise<void> {
  const { orgId } = actor.membership;
  await ctx.transaction(async (tx) => {
    const { member, isLastOwner } = await lockMember(tx, userId);
    if (!member) return;
    check(member.role);
    if (isLastOwner) throw new LastOwnerError();
    tx.em.remove(member);
    const version = await nextMembershipVersion(tx);
    tx.emit(membershipRemoved({ orgId, subjectId: userId, payload: { userId, version } }));
    revokeMembershipAccess(tx, { userId, orgId, version });
  });
}
