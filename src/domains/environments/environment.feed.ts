import { requireMember } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import type { FeedProjection } from '../../kernel/events/feed-projection.js';
import type { EventDefinition, StoredEvent } from '../../kernel/events/event.js';
import { batchLoader } from '../../kernel/loader.js';
import { Environment } from './environment.entity.js';
import { EnvironmentChanged } from './environment.types.js';
import {
  environmentArchived,
  environmentCreated,
  environmentDeleted,
  environmentPublished,
  environmentRestored,
  environmentUnarchived,
  environmentUpdated,
} from './environments.events.js';
import { canSeeEnvironment, factsOf } from './environments.policy.js';

type Change = EnvironmentChanged['change'];
type ChangeEvent = EventDefinition<ReturnType<typeof environmentCreated.parse>>;

const findEnvironment = batchLoader('environments of the feed', (ctx, ids) =>
  ctx.em.find(Environment, { id: { $in: ids } }),
);

/** Null for what is deleted, also for those who may restore it. */
async function findShownEnvironment(ctx: Context, id: string): Promise<Environment | null> {
  const environment = await findEnvironment(ctx, id);
  if (!environment || environment.deletedAt) return null;
  return canSeeEnvironment(requireMember(ctx.actor), factsOf(environment)) ? environment : null;
}

function project(definition: ChangeEvent, change: Change) {
  return async (ctx: Context, event: StoredEvent, cursor: string): Promise<EnvironmentChanged | null> => {
    const actor = requireMember(ctx.actor);
    const { environmentId, ownerId, status, statusBefore } = definition.parse(event);
    // Whoever could see it before also hears that it is gone.
    const concerned = [status, statusBefore].some(
      (each) => each && canSeeEnvironment(actor, { ownerId, status: each, deleted: false }),
    );
    if (!concerned) return null;
    return Object.assign(new EnvironmentChanged(), {
      cursor,
      occurredAt: event.occurredAt,
      change,
      environmentId,
      environment: await findShownEnvironment(ctx, environmentId),
    });
  };
}

/** What the feed says about environments. */
export const environmentFeed: FeedProjection<'environments'> = {
  topic: 'environments',
  project: {
    [environmentCreated.type]: project(environmentCreated, 'created'),
    [environmentUpdated.type]: project(environmentUpdated, 'updated'),
    [environmentPublished.type]: project(environmentPublished, 'published'),
    [environmentArchived.type]: project(environmentArchived, 'archived'),
    [environmentUnarchived.type]: project(environmentUnarchived, 'unarchived'),
    [environmentDeleted.type]: project(environmentDeleted, 'deleted'),
    [environmentRestored.type]: project(environmentRestored, 'restored'),
  },
};
