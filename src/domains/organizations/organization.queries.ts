import { requireMember, requireUser, type ActiveMembership } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import { ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import { batchLoader } from '../../kernel/loader.js';
import { newestFirstPage, type Connection, type PageArgs } from '../../kernel/pagination.js';
import { Invitation } from './invitation.entity.js';
import { Membership } from './membership.entity.js';
import { Organization } from './organization.entity.js';
import { canSeeInvitations } from './organizations.policy.js';

/** The active organization. */
export async function getOrganization(ctx: Context): Promise<Organization> {
  const { orgId } = requireMember(ctx.actor).membership;
  const organization = await ctx.em.findOne(Organization, { id: orgId });
  if (!organization) throw NotFoundError.of('organization', orgId);
  return organization;
}

/** The caller's memberships in every organization, newest first. */
export async function listOwnMemberships(ctx: Context, args: PageArgs): Promise<Connection<Membership>> {
  const { userId } = requireUser(ctx.actor);
  return newestFirstPage(ctx.em, Membership, { user: userId }, args, { filters: { org: false } });
}

/** Who belongs to the active organization, newest first. */
export async function listMembers(ctx: Context, args: PageArgs): Promise<Connection<Membership>> {
  requireMember(ctx.actor);
  return newestFirstPage(ctx.em, Membership, {}, args);
}

/** The active organization's open invitations, newest first. @throws ForbiddenError */
export async function listInvitations(ctx: Context, args: PageArgs): Promise<Connection<Invitation>> {
  const actor = requireMember(ctx.actor);
  if (!canSeeInvitations(actor)) throw new ForbiddenError('Only owners and admins see invitations.');
  const open = { acceptedAt: null, withdrawnAt: null, expiresAt: { $gt: ctx.clock.now() } };
  return newestFirstPage(ctx.em, Invitation, open, args);
}

/** What an access token for an organization says; null for somebody who does not belong to it. */
export async function findMembership(
  ctx: Context,
  userId: string,
  orgId: string,
): Promise<ActiveMembership | null> {
  const scoped = ctx.inOrg(orgId);
  const membership = await scoped.em.findOne(Membership, { orgId, user: userId });
  return membership && { orgId, role: membership.role, version: membership.version };
}

const organizationsById = batchLoader<Organization>('organizations-by-id', (ctx, ids) =>
  ctx.em.find(Organization, { id: { $in: ids } }),
);

/** An organization that the caller belongs to. @throws NotFoundError */
export async function loadOrganization(ctx: Context, id: string): Promise<Organization> {
  const organization = await organizationsById(ctx, id);
  if (!organization) throw NotFoundError.of('organization', id);
  return organization;
}
