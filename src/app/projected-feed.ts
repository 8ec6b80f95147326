import type { FeedFollower } from '../kernel/events/feed-follower.js';
import type { FeedEntry } from '../kernel/events/feed-entry.js';
import type { FeedItemValue } from '../kernel/events/feed-projection.js';

export interface ProjectedFeedOptions {
  isRevoked: () => boolean;
  project: (entry: FeedEntry) => Promise<FeedItemValue | null>;
}

/**
 * A follower's entries as the client may see them. Not an async generator: its `return` would wait behind a
 * pending `next`, and the follower would leak.
 */
export class ProjectedFeed implements AsyncIterableIterator<FeedItemValue> {
  constructor(
    private readonly follower: FeedFollower,
    private readonly options: ProjectedFeedOptions,
  ) {}

  async next(): Promise<IteratorResult<FeedItemValue, undefined>> {
    for (;;) {
      const { done, value } = await this.follower.next();
      if (done || this.options.isRevoked()) {
        this.follower.close();
        return { done: true, value: undefined };
      }
      const item = await this.options.project(value);
      if (item) return { done: false, value: item };
    }
  }

  return(): Promise<IteratorResult<FeedItemValue, undefined>> {
    this.follower.close();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
