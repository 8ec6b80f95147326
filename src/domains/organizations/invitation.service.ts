import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { requireMember, requireUser, type MemberActor, type Role } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { hashToken, looksLikeToken, type TokenDeriver } from '../../kernel/crypto/derived-token.js';
import { ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import { idempotently } from '../../kernel/idempotency.js';
import { Account, emailKeyOf } from '../accounts/index.js';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';
import { Organization } from './organization.entity.js';
import {
  AlreadyInvitedError,
  AlreadyMemberError,
  InvitationForOtherAddressError,
  InvitationInvalidError,
} from './organizations.errors.js';
import { invitationCreated, invitationWithdrawn, membershipAdded } from './organizations.events.js';
import { canGrantRole, canSeeInvitations } from './organizations.policy.js';

export interface InviteMemberInput {
  email: string;
  role: Role;
  idempotencyKey?: string | undefined;
}

export interface InvitationDeps {
  tokens: TokenDeriver;
  settings: { invitationDays: number };
}

export type InvitationService = ReturnType<typeof createInvitationService>;

const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

export function createInvitationService({ tokens, settings }: InvitationDeps) {
  async function invite(
    tx: TransactionContext,
    actor: MemberActor,
    input: InviteMemberInput,
  ): Promise<Invitation> {
    const { orgId } = actor.membership;
    const emailKey = emailKeyOf(input.email);
    if (await tx.em.count(Membership, { user: { emailKey } })) throw AlreadyMemberError.of(input.email);
    const now = tx.clock.now();
    const open = await tx.em.findOne(Invitation, { emailKey, acceptedAt: null, withdrawnAt: null }, locked);
    if (open && open.expiresAt > now) throw AlreadyInvitedError.of(input.email);
    if (open) {
      open.withdrawnAt = now;
      await tx.em.flush();
    }
    const id = tx.ids.next();
    const invitation = tx.em.create(Invitation, {
      orgId,
      id,
      email: input.email.trim(),
      emailKey,
      role: input.role,
      tokenHash: hashToken(tokens.derive('invitation', id)),
      keyId: tokens.keyId,
      invitedBy: tx.em.getReference(Account, actor.userId),
      createdAt: now,
      expiresAt: new Date(now.getTime() + settings.invitationDays * 86_400_000),
      acceptedAt: null,
      withdrawnAt: null,
    });
    tx.emit(invitationCreated({ orgId, subjectId: id, payload: { invitationId: id } }));
    return invitation;
  }

  /** Which organization a token is for: the one thing that is asked before an organization is known. */
  async function locate(ctx: Context, token: string): Promise<{ orgId: string; id: string }> {
    if (!looksLikeToken('invitation', token)) throw new InvitationInvalidError();
    const [row] = await ctx.em.execute<{ org_id: string; id: string }[]>(
      'select org_id, id from invitation_by_token_hash(?)',
      [hashToken(token)],
    );
    if (!row) throw new InvitationInvalidError();
    return { orgId: row.org_id, id: row.id };
  }

  return {
    /** @throws ForbiddenError, AlreadyMemberError, AlreadyInvitedError */
    async invite(ctx: Context, input: InviteMemberInput): Promise<Invitation> {
      const actor = requireMember(ctx.actor);
      if (!canGrantRole(actor, input.role)) {
        throw new ForbiddenError(`Your role does not let you invite somebody as ${input.role}.`);
      }
      const { idempotencyKey, ...asked } = input;
      try {
        return await ctx.transaction((tx) =>
          idempotently(tx, {
            operation: 'inviteMember',
            key: idempotencyKey,
            input: asked,
            keptFor: 'organization',
            work: () => invite(tx, actor, input),
            encode: (invitation) => ({ id: invitation.id, orgId: invitation.orgId }),
            decode: (kept) => tx.em.getReference(Invitation, kept as never),
          }),
        );
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) throw AlreadyInvitedError.of(input.email);
        throw error;
      }
    },

    /** Makes an open invitation worthless. Repeating it changes nothing. @throws NotFoundError, ForbiddenError */
    async withdraw(ctx: Context, id: string): Promise<Invitation> {
      const actor = requireMember(ctx.actor);
      if (!canSeeInvitations(actor)) throw new ForbiddenError('Only owners and admins withdraw invitations.');
      const { orgId } = actor.membership;
      return ctx.transaction(async (tx) => {
        const invitation = await tx.em.findOne(Invitation, { id }, locked);
        if (!invitation) throw NotFoundError.of('invitation', id);
        if (invitation.acceptedAt) throw new InvitationInvalidError();
        if (!invitation.withdrawnAt) {
          invitation.withdrawnAt = tx.clock.now();
          tx.emit(invitationWithdrawn({ orgId, subjectId: id, payload: { invitationId: id } }));
        }
        return invitation;
      });
    },

    /** Joins the organization that invited the caller's address. @throws InvitationInvalidError, InvitationForOtherAddressError */
    async accept(ctx: Context, token: string): Promise<Organization> {
      const { userId } = requireUser(ctx.actor);
      const { orgId, id } = await locate(ctx, token);
      return ctx.inOrg(orgId).transaction(async (tx) => {
        const now = tx.clock.now();
        const invitation = await tx.em.findOneOrFail(Invitation, { id }, locked);
        if (invitation.acceptedAt || invitation.withdrawnAt || invitation.expiresAt <= now) {
          throw new InvitationInvalidError();
        }
        const account = await tx.em.findOneOrFail(Account, { id: userId });
        if (account.emailKey !== invitation.emailKey) throw new InvitationForOtherAddressError();
        invitation.acceptedAt = now;
        if (await tx.em.count(Membership, { orgId, user: userId }))
          throw AlreadyMemberError.of(account.email);
        tx.em.create(Membership, {
          orgId,
          id: tx.ids.next(),
          user: account,
          role: invitation.role,
          version: now.getTime(),
          createdAt: now,
          updatedAt: now,
        });
        tx.emit(membershipAdded({ orgId, subjectId: userId, payload: { userId, role: invitation.role } }));
        return tx.em.findOneOrFail(Organization, { id: orgId });
      });
    },
  };
}
