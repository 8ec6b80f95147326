import type { Context } from '../context.js';
import type { StoredEvent } from './event.js';

/** What a client sees of one feed entry; the API's own types say more. */
export interface FeedItemValue {
  readonly __typename: string;
  cursor: string;
}

/**
 * Turns an event into what the reader may see of it at this moment, or null when it does not concern them.
 * `ctx` is fresh for each event, so that nothing loaded earlier is shown again.
 */
export type ProjectEvent = (
  ctx: Context,
  event: StoredEvent,
  cursor: string,
) => Promise<FeedItemValue | null>;

/** A domain's part of the feed. */
export interface FeedProjection {
  /** What a reader can ask for by name. */
  topic: string;
  project: Record<string, ProjectEvent>;
}
