import { LockMode } from '@mikro-orm/core';
import { requireMember, requireUser } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import { idempotently } from '../../kernel/idempotency.js';
import type { SessionService } from '../accounts/index.js';
import { nextMembershipVersion } from './membership-version.js';
import { Membership } from './membership.entity.js';
import { Organization } from './organization.entity.js';
import { membershipAdded, organizationCreated, organizationRenamed } from './organizations.events.js';
import { canRenameOrganization } from './organizations.policy.js';

export interface CreateOrganizationInput {
  name: string;
  idempotencyKey?: string | undefined;
}

export interface OrganizationDeps {
  sessions: SessionService;
}

export type OrganizationService = ReturnType<typeof createOrganizationService>;

/** Organizations themselves: making and naming them, and which one a session works in. */
export function createOrganizationService({ sessions }: OrganizationDeps) {
  return {
    create: createOrganization,
    rename: renameOrganization,
    switch: (ctx: Context, orgId: string) => switchOrganization(sessions, ctx, orgId),
  };
}

/** Creates an organization that the caller owns. Switch to it to work in it. */
async function createOrganization(ctx: Context, input: CreateOrganizationInput): Promise<Organization> {
  const { userId } = requireUser(ctx.actor);
  const orgId = ctx.ids.next();
  return ctx.inOrg(orgId).transaction((tx) =>
    idempotently(tx, {
      operation: 'createOrganization',
      key: input.idempotencyKey,
      input: { name: input.name },
      keptFor: 'account',
      work: () => createOwned(tx, { orgId, userId, name: input.name }),
      encode: ({ id, name, createdAt, updatedAt }) => ({ id, name, createdAt, updatedAt }),
      decode: (kept) => tx.em.merge(Organization, kept),
    }),
  );
}

async function createOwned(
  tx: TransactionContext,
  { orgId, userId, name }: { orgId: string; userId: string; name: string },
): Promise<Organization> {
  const now = tx.clock.now();
  const times = { createdAt: now, updatedAt: now };
  const organization = tx.em.create(Organization, { id: orgId, name, ...times });
  // The tables are tied by a foreign key that the ORM does not order by.
  await tx.em.flush();
  const version = await nextMembershipVersion(tx);
  tx.em.create(Membership, { orgId, id: tx.ids.next(), user: userId, role: 'owner', version, ...times });
  const about = { orgId, subjectId: orgId };
  tx.emit(organizationCreated({ ...about, payload: { organizationId: orgId } }));
  tx.emit(membershipAdded({ ...about, payload: { userId, role: 'owner' } }));
  return organization;
}

/** Repeating it changes nothing. @throws ForbiddenError unless the caller is owner or admin. */
async function renameOrganization(ctx: Context, name: string): Promise<Organization> {
  const actor = requireMember(ctx.actor);
  if (!canRenameOrganization(actor))
    throw new ForbiddenError('Only owners and admins rename an organization.');
  return ctx.transaction(async (tx) => {
    const { orgId } = actor.membership;
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
    const organization = await tx.em.findOne(Organization, { id: orgId }, lock);
    if (!organization) throw NotFoundError.of('organization', orgId);
    if (organization.name === name) return organization;
    organization.name = name;
    organization.updatedAt = tx.clock.now();
    tx.emit(organizationRenamed({ orgId, subjectId: orgId, payload: { organizationId: orgId } }));
    return organization;
  });
}

/** Gives an access token for another of the caller's organizations. @throws NotFoundError */
async function switchOrganization(sessions: SessionService, ctx: Context, orgId: string) {
  const actor = requireUser(ctx.actor);
  const membership = await ctx.em.findOne(
    Membership,
    { orgId, user: actor.userId },
    { filters: { org: false } },
  );
  if (!membership) throw NotFoundError.of('organization', orgId);
  return sessions.switchOrganization(ctx, actor, orgId);
}
