import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import { requireMember, requireUser, type MemberActor, type Role } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { hashToken, looksLikeToken, type TokenDeriver } from '../../kernel/crypto/derived-token.js';
import { ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import { idempotently } from '../../kernel/idempotency.js';
import { emailKeyOf, findAccountIdByEmail } from '../accounts/index.js';
import { Invitation } from './invitation.entity.js';
import { nextMembershipVersion } from './membership-version.js';
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

/** Offers of membership, from the mail to the day they are used. */
export function createInvitationService(deps: InvitationDeps) {
  return {
    invite: (ctx: Context, input: InviteMemberInput) => inviteMember(deps, ctx, input),
    withdraw: withdrawInvitation,
    accept: acceptInvitation,
  };
}

const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

/** Invites an address by mail. @throws ForbiddenError, AlreadyMemberError, AlreadyInvitedError */
async function inviteMember(
  deps: InvitationDeps,
  ctx: Context,
  input: InviteMemberInput,
): Promise<Invitation> {
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
        work: async () => {
          await clearTheWay(tx, input.email);
          return createInvitation(deps, tx, actor, input);
        },
        encode: (invitation) => keepInvitation(invitation),
        // The address is that of the repeated input, so it need not be kept.
        decode: (kept) => tx.em.merge(Invitation, { ...kept, email: input.email.trim() }),
      }),
    );
  } catch (error) {
    if (error instanceof UniqueConstraintViolationException) throw AlreadyInvitedError.of(input.email);
    throw error;
  }
}

/** Refuses an address that is here or invited already; an invitation that has expired makes room. */
async function clearTheWay(tx: TransactionContext, email: string): Promise<void> {
  const user = await findAccountIdByEmail(tx, email);
  if (user && (await tx.em.count(Membership, { user }))) throw AlreadyMemberError.of(email);
  const now = tx.clock.now();
  const unused = { emailKey: emailKeyOf(email), acceptedAt: null, withdrawnAt: null };
  const open = await tx.em.findOne(Invitation, unused, locked);
  if (!open) return;
  if (open.expiresAt > now) throw AlreadyInvitedError.of(email);
  open.withdrawnAt = now;
  await tx.em.flush();
}

function createInvitation(
  { tokens, settings }: InvitationDeps,
  tx: TransactionContext,
  { userId, membership: { orgId } }: MemberActor,
  { email, role }: InviteMemberInput,
): Invitation {
  const id = tx.ids.next();
  const now = tx.clock.now();
  const invitation = tx.em.create(Invitation, {
    orgId,
    id,
    email: email.trim(),
    emailKey: emailKeyOf(email),
    role,
    tokenHash: hashToken(tokens.derive('invitation', id)),
    keyId: tokens.keyId,
    invitedBy: userId,
    createdAt: now,
    expiresAt: new Date(now.getTime() + settings.invitationDays * 86_400_000),
    acceptedAt: null,
    withdrawnAt: null,
  });
  tx.emit(invitationCreated({ orgId, subjectId: id, payload: { invitationId: id } }));
  return invitation;
}

function keepInvitation({ orgId, id, role, invitedBy, createdAt, expiresAt }: Invitation) {
  return { orgId, id, role, invitedBy: invitedBy.id, createdAt, expiresAt, withdrawnAt: null };
}

/** Makes an open invitation worthless. Repeating it changes nothing. @throws NotFoundError, ForbiddenError */
async function withdrawInvitation(ctx: Context, id: string): Promise<Invitation> {
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

/**
 * Joins the organization that invited the caller's address. Repeating it changes nothing, as long as the caller
 * belongs to it. @throws InvitationInvalidError, InvitationForOtherAddressError
 */
async function acceptInvitation(ctx: Context, token: string): Promise<Organization> {
  const { userId } = requireUser(ctx.actor);
  const { orgId, id } = await locate(ctx, token);
  return ctx.inOrg(orgId).transaction(async (tx) => {
    const now = tx.clock.now();
    const invitation = await tx.em.findOneOrFail(Invitation, { id }, locked);
    const { acceptedAt, withdrawnAt, expiresAt, email, role } = invitation;
    if (withdrawnAt || (!acceptedAt && expiresAt <= now)) throw new InvitationInvalidError();
    const isTheirs = (await findAccountIdByEmail(tx, email)) === userId;
    const isMember = (await tx.em.count(Membership, { orgId, user: userId })) > 0;
    if (acceptedAt && !(isTheirs && isMember)) throw new InvitationInvalidError();
    if (!isTheirs) throw new InvitationForOtherAddressError();
    if (!acceptedAt) {
      if (isMember) throw AlreadyMemberError.of(email);
      invitation.acceptedAt = now;
      await addMember(tx, { orgId, userId, role });
    }
    return tx.em.findOneOrFail(Organization, { id: orgId });
  });
}

async function addMember(
  tx: TransactionContext,
  { orgId, userId, role }: { orgId: string; userId: string; role: Role },
): Promise<void> {
  const now = tx.clock.now();
  tx.em.create(Membership, {
    orgId,
    id: tx.ids.next(),
    user: userId,
    role,
    version: await nextMembershipVersion(tx),
    createdAt: now,
    updatedAt: now,
  });
  tx.emit(membershipAdded({ orgId, subjectId: userId, payload: { userId, role } }));
}
