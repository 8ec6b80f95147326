import type { FeedFollower } from '../kernel/events/feed-follower.js';
import type { FeedEntry } from '../kernel/events/feed-entry.js';
import type { FeedItemValue } from '../kernel/events/feed-projection.js';

export interface ProjectedFeedOptions {
  /** Whether the reader's access has ended, by now or by this entry. */
  isRevoked: (entry: FeedEntry) => boolean;
  project: (entry: FeedEntry) => Promise<FeedItemValue | null>;
}

/**
 * A follower's entries as the client may see them. Not an async generator: its `return` would wait behind a
 * pending `next`, and the follower would leak.
 */
export class ProjectedFeed implements AsyncIterableIterator<FeedItemValue> {
  readonly #returned = Promise.withResolvers<void>();

  constructor(
    private readonly follower: FeedFollower,
    private readonly options: ProjectedFeedOptions,
  ) {}

  async next(): Promise<IteratorResult<FeedItemValue, undefined>> {
    for (;;) {
      const { done, value } = await this.follower.next();
      if (done) return { done: true, value: undefined };
      if (this.options.isRevoked(value)) {
        this.follower.close();
        // Not an end that the client would take for a regular one: the socket is about to be closed with the
        // code that lets it come back with a new token.
        await this.#returned.promise;
        return { done: true, value: undefined };
      }
      const item = await this.#project(value);
      if (item) return { done: false, value: item };
    }
  }

  async #project(entry: FeedEntry): Promise<FeedItemValue | null> {
    try {
      return await this.options.project(entry);
    } catch (error) {
      // Nobody calls `return` on an iterator that has thrown.
      this.follower.close();
      throw error;
    }
  }

  return(): Promise<IteratorResult<FeedItemValue, undefined>> {
    this.follower.close();
    this.#returned.resolve();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
