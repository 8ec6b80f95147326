import { requireMember } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import type { FeedProjection } from '../../kernel/events/feed-projection.js';
import type { EventDefinition, StoredEvent } from '../../kernel/events/event.js';
import { findVisibleEnvironment } from './environment.queries.js';
import { EnvironmentChanged } from './environment.types.js';
import {
  environmentArchived,
  environmentCreated,
  environmentDeleted,
  environmentPublished,
  environmentRestored,
  environmentUpdated,
} from './environments.events.js';
import { canSeeEnvironment } from './environments.policy.js';

type Change = EnvironmentChanged['change'];
type ChangeEvent = EventDefinition<ReturnType<typeof environmentCreated.parse>>;

function project(definition: ChangeEvent, change: Change) {
  return async (ctx: Context, event: StoredEvent, cursor: string): Promise<EnvironmentChanged | null> => {
    const actor = requireMember(ctx.actor);
    const { environmentId, ownerId, status, statusBefore } = definition.parse(event);
    // Whoever could see it before also hears that it is gone.
    const concerned = [status, statusBefore].some(
      (each) => each && canSeeEnvironment(actor, { ownerId, status: each }),
    );
    if (!concerned) return null;
    const environment = await findVisibleEnvironment(ctx, environmentId);
    const shown = environment?.deletedAt ? null : environment;
    return Object.assign(new EnvironmentChanged(), {
      cursor,
      occurredAt: event.occurredAt,
      change,
      environmentId,
      environment: shown,
    });
  };
}

/** What the feed says about environments. */
export const environmentFeed: FeedProjection = {
  topic: 'environments',
  project: {
    [environmentCreated.type]: project(environmentCreated, 'created'),
    [environmentUpdated.type]: project(environmentUpdated, 'updated'),
    [environmentPublished.type]: project(environmentPublished, 'published'),
    [environmentArchived.type]: project(environmentArchived, 'archived'),
    [environmentDeleted.type]: project(environmentDeleted, 'deleted'),
    [environmentRestored.type]: project(environmentRestored, 'restored'),
  },
};
