import type { Context, ContextFactory, ContextParts } from '../kernel/context.js';
import type { Feed } from '../kernel/events/feed.js';
import type { FeedProjection } from '../kernel/events/feed-projection.js';
import type { Actor } from '../kernel/actor.js';
import type { FeedTopicValue } from './feed-topics.js';

/** What feed resolvers need beside the context. */
export interface FeedServices {
  feed: Feed;
  projections: FeedProjection<FeedTopicValue>[];
  /** Whether the actor's access has been ended since the operation began. */
  isRevoked: (actor: Actor) => boolean;
}

/** The context of one operation. */
export interface GraphqlContext extends Context {
  readonly feedServices: FeedServices;
  /** The same request with nothing loaded yet: for each event of a subscription. */
  renew(): GraphqlContext;
}

export type GraphqlContextFactory = (parts: ContextParts) => GraphqlContext;

export function createGraphqlContextFactory(
  create: ContextFactory,
  feedServices: FeedServices,
): GraphqlContextFactory {
  return function createGraphqlContext(parts) {
    return { ...create(parts), feedServices, renew: () => createGraphqlContext(parts) };
  };
}
