import type { FilterQuery } from '@mikro-orm/postgresql';
import { requireMember } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import { NotFoundError } from '../../kernel/errors.js';
import { newestFirstPage, type Connection, type PageArgs } from '../../kernel/pagination.js';
import { Environment, type EnvironmentStatus } from './environment.entity.js';
import {
  canSeeEnvironment,
  environmentSight,
  factsOf,
  type EnvironmentSight,
} from './environments.policy.js';

export interface EnvironmentFilter {
  statuses?: EnvironmentStatus[] | null | undefined;
  /** Only the caller's own. */
  mine?: boolean | null | undefined;
  /** The deleted ones instead of the others; only those that the caller may restore. */
  deleted?: boolean | null | undefined;
}

const seenBy: Record<EnvironmentSight, (userId: string) => FilterQuery<Environment>> = {
  all: () => ({}),
  'own-and-published': (userId) => ({ $or: [{ owner: userId }, { status: 'published' }] }),
  own: (userId) => ({ owner: userId }),
  none: () => ({ id: { $in: [] } }),
};

/** Environments of the active organization that the caller may see, newest first. */
export async function listEnvironments(
  ctx: Context,
  filter: EnvironmentFilter,
  args: PageArgs,
): Promise<Connection<Environment>> {
  const actor = requireMember(ctx.actor);
  const { statuses, mine } = filter;
  const deleted = filter.deleted ?? false;
  const where: FilterQuery<Environment> = {
    deletedAt: deleted ? { $ne: null } : null,
    ...(mine && { owner: actor.userId }),
    ...(statuses?.length && { status: { $in: statuses } }),
    $and: [seenBy[environmentSight(actor, { deleted })](actor.userId)],
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
  return environment && canSeeEnvironment(actor, factsOf(environment)) ? environment : null;
}
