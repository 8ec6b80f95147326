import type { FeedProjection } from '../kernel/events/feed-projection.js';

/** What the feed can be narrowed to, by the names that the API has for it. */
export const FeedTopic = { ENVIRONMENTS: 'environments' } as const;

export type FeedTopicValue = (typeof FeedTopic)[keyof typeof FeedTopic];

/** One projection for each topic, and no other. */
export type FeedProjections = { [Topic in FeedTopicValue]: FeedProjection<Topic> };
