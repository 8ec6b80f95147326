import type { FilterQuery } from '@mikro-orm/postgresql';
import { requireMember, type MemberActor } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import { NotFoundError } from '../../kernel/errors.js';
import { newestFirstPage, type Connection, type PageArgs } from '../../kernel/pagination.js';
import { Environment, type EnvironmentStatus } from './environment.entity.js';
import { canChangeEnvironment, canSeeAllEnvironments, canSeeEnvironment } from './environments.policy.js';

export interface EnvironmentFilter {
  statuses?: EnvironmentStatus[] | null | undefined;
  /** Only the caller's own. */
  mine?: boolean | null | undefined;
  /** The deleted ones instead of the others; only those that the caller may restore. */
  deleted?: boolean | null | undefined;
}

/** The policy `canSeeEnvironment` as a condition. */
function visibleTo(actor: MemberActor): FilterQuery<Environment> {
  if (canSeeAllEnvironments(actor)) return {};
  return { $or: [{ owner: actor.userId }, { status: 'published' }] };
}

/** Environments of the active organization that the caller may see, newest first. */
export async function listEnvironments(
  ctx: Context,
  filter: EnvironmentFilter,
  args: PageArgs,
): Promise<Connection<Environment>> {
  const actor = requireMember(ctx.actor);
  const { statuses, mine, deleted } = filter;
  const ownOnly = mine || (deleted && !canSeeAllEnvironments(actor));
  const where: FilterQuery<Environment> = {
    deletedAt: deleted ? { $ne: null } : null,
    ...(ownOnly ? { owner: actor.userId } : visibleTo(actor)),
    ...(statuses?.length && { status: { $in: statuses } }),
  };
  return newestFirstPage(ctx.em, Environment, where, args);
}

/** @throws NotFoundError for one that is not visible; a deleted one is so only for those who may restore it. */
export async function getEnvironment(ctx: Context, id: string): Promise<Environment> {
  const environment = await findVisibleEnvironment(ctx, id);
  if (!environment) throw NotFoundError.of('environment', id);
  return environment;
}

/** The environment as the caller may see it at this moment, or null. */
export async function findVisibleEnvironment(ctx: Context, id: string): Promise<Environment | null> {
  const actor = requireMember(ctx.actor);
  const environment = await ctx.em.findOne(Environment, { id });
  if (!environment) return null;
  const facts = { ownerId: environment.owner.id, status: environment.status };
  const visible = environment.deletedAt
    ? canChangeEnvironment(actor, facts)
    : canSeeEnvironment(actor, facts);
  return visible ? environment : null;
}
