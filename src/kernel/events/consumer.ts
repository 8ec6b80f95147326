import type { Context } from '../context.js';
import type { EventDefinition, StoredEvent } from './event.js';

/**
 * A reaction to events, run by a worker at least once for each event: `handle` must give the same end state
 * however often it runs. Failures are retried with backoff and then kept as a dead letter.
 */
export interface Consumer {
  /** `domain.what-it-does`; it names the queue, so it never changes while events wait. */
  readonly name: string;
  readonly eventTypes: readonly string[];
  /** `ctx` acts as the system in the event's organization. */
  readonly handle: (ctx: Context, event: StoredEvent) => Promise<void>;
}

/** Declares a consumer of one kind of event, with its payload parsed. */
export function defineConsumer<P>(
  name: string,
  definition: EventDefinition<P>,
  handle: (ctx: Context, event: StoredEvent<P>) => Promise<void>,
): Consumer {
  return {
    name,
    eventTypes: [definition.type],
    handle: (ctx, event) => handle(ctx, { ...event, payload: definition.parse(event) }),
  };
}
