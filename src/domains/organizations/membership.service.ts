import { LockMode } from '@mikro-orm/core';
import { requireMember, type MemberActor, type Role } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import { PLATFORM_ORG_ID } from '../../kernel/ids.js';
import { accessRevoked } from '../accounts/accounts.events.js';
import { Membership } from './membership.entity.js';
import { LastOwnerError } from './organizations.errors.js';
import { membershipRemoved, membershipRoleChanged } from './organizations.events.js';
import { canChangeMember, canGrantRole } from './organizations.policy.js';

/** A version that no token issued for the membership so far carries. */
function nextVersion(tx: TransactionContext, membership: Membership): number {
  return Math.max(membership.version + 1, tx.clock.now().getTime());
}

/** Tokens that carry the old role, or belong to somebody who has left, end on every node. */
function revokeAccess(tx: TransactionContext, orgId: string, userId: string, version: number): void {
  tx.emit(
    accessRevoked({
      orgId: PLATFORM_ORG_ID,
      subjectId: userId,
      audience: { kind: 'system' },
      payload: { membership: { userId, orgId, version } },
    }),
  );
}

/** Locks the member, and before it every owner, so that two owners cannot leave each other alone. */
async function lockMember(tx: TransactionContext, userId: string) {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
  const owners = await tx.em.find(Membership, { role: 'owner' }, lock);
  const member = await tx.em.findOne(Membership, { user: userId }, lock);
  if (!member) throw NotFoundError.of('member', userId);
  return { member, isLastOwner: member.role === 'owner' && owners.length === 1 };
}

async function remove(
  tx: TransactionContext,
  orgId: string,
  userId: string,
  check: (role: Role) => void,
): Promise<void> {
  const { member, isLastOwner } = await lockMember(tx, userId);
  check(member.role);
  if (isLastOwner) throw new LastOwnerError();
  tx.em.remove(member);
  tx.emit(membershipRemoved({ orgId, subjectId: userId, payload: { userId } }));
  revokeAccess(tx, orgId, userId, nextVersion(tx, member));
}

function assertMayChange(actor: MemberActor, role: Role): void {
  if (!canChangeMember(actor, role)) throw new ForbiddenError(`Your role does not let you change a ${role}.`);
}

/** Who belongs to the active organization, and as what. Every command here is about that one. */
export const membershipService = {
  /** @throws NotFoundError, ForbiddenError, LastOwnerError */
  async changeRole(ctx: Context, userId: string, role: Role): Promise<Membership> {
    const actor = requireMember(ctx.actor);
    const { orgId } = actor.membership;
    return ctx.transaction(async (tx) => {
      const { member, isLastOwner } = await lockMember(tx, userId);
      assertMayChange(actor, member.role);
      if (!canGrantRole(actor, role))
        throw new ForbiddenError(`Your role does not let you make somebody ${role}.`);
      if (member.role === role) return member;
      if (isLastOwner) throw new LastOwnerError();
      member.role = role;
      member.version = nextVersion(tx, member);
      member.updatedAt = tx.clock.now();
      tx.emit(membershipRoleChanged({ orgId, subjectId: userId, payload: { userId, role } }));
      revokeAccess(tx, orgId, userId, member.version);
      return member;
    });
  },

  /** Removes somebody; their tokens for this organization end at once. @throws as changeRole */
  async remove(ctx: Context, userId: string): Promise<void> {
    const actor = requireMember(ctx.actor);
    await ctx.transaction((tx) =>
      remove(tx, actor.membership.orgId, userId, (role) => assertMayChange(actor, role)),
    );
  },

  /** The caller leaves. @throws LastOwnerError */
  async leave(ctx: Context): Promise<void> {
    const actor = requireMember(ctx.actor);
    await ctx.transaction((tx) => remove(tx, actor.membership.orgId, actor.userId, () => undefined));
  },
};
