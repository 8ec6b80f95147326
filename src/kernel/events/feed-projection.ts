import type { Context } from '../context.js';
import type { StoredEvent } from './event.js';

/** What a client sees of one feed entry; the API's own types say more. */
export interface FeedItemValue {
  readonly __typename: string;
  cursor: string;
}

/**
 * Turns an event into what the reader may see of it at this moment, or null when it does not concern them.
 * `ctx` is fresh for each event that is delivered live, and for each page that is read: nothing loaded earlier is
 * shown again, and what a page needs is loaded together.
 */
export type ProjectEvent = (
  ctx: Context,
  event: StoredEvent,
  cursor: string,
) => Promise<FeedItemValue | null>;

/** A domain's part of the feed. */
export interface FeedProjection<Topic extends string = string> {
  /** What a reader can ask for by name. */
  topic: Topic;
  project: Record<string, ProjectEvent>;
}
