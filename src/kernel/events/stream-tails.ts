import type { Logger } from '../logger.js';
import type { Bus } from './bus.js';
import type { EventLog } from './event-log.js';
import type { StoredEvent } from './event.js';

const pageSize = 500;
/** A hint can be lost with its connection; then this is how late an event arrives at most. */
const pollIntervalMs = 1000;

type EventListener = (event: StoredEvent) => void;

/** Follows one stream for everybody on this node: each event is read once, however many listen. */
class StreamTail {
  readonly listeners = new Set<EventListener>();
  #position: bigint | null = null;
  #pulling: Promise<void> | null = null;
  #again = false;

  constructor(
    private readonly orgId: string,
    private readonly log: EventLog,
  ) {}

  get position(): bigint {
    return this.#position ?? 0n;
  }

  /** Reads what is new. Calls while one is under way become a single further one. */
  pull(): Promise<void> {
    if (this.#pulling) {
      this.#again = true;
      return this.#pulling;
    }
    this.#pulling = this.#pullAll().finally(() => {
      this.#pulling = null;
    });
    return this.#pulling;
  }

  async #pullAll(): Promise<void> {
    this.#position ??= (await this.log.state(this.orgId)).head;
    do {
      this.#again = false;
      for (;;) {
        const events = await this.log.read(this.orgId, this.#position, pageSize);
        for (const event of events) this.#deliver(event);
        if (events.length < pageSize) break;
      }
    } while (this.#again);
  }

  #deliver(event: StoredEvent): void {
    this.#position = event.position;
    for (const listener of this.listeners) listener(event);
  }
}

export interface StreamTails {
  /**
   * Calls the listener for every event of the stream that is published from now on, in order and without a
   * gap. Resolves once that is so.
   * @returns the function that ends it.
   */
  listen(orgId: string, listener: EventListener): Promise<() => void>;
  stop(): void;
}

/** Follows the streams that somebody on this node listens to, woken by the bus and by a poll behind it. */
export function createStreamTails({
  bus,
  eventLog,
  log,
}: {
  bus: Bus;
  eventLog: EventLog;
  log: Logger;
}): StreamTails {
  const tails = new Map<string, StreamTail>();

  function pull(orgId: string, tail: StreamTail): void {
    tail
      .pull()
      .catch((error: unknown) => log.warn({ err: error, orgId }, 'stream could not be read; trying again'));
  }

  async function poll(): Promise<void> {
    if (tails.size === 0) return;
    const heads = await eventLog.heads([...tails.keys()]);
    for (const [orgId, tail] of tails) if ((heads.get(orgId) ?? 0n) > tail.position) pull(orgId, tail);
  }

  let polling = false;
  const timer = setInterval(() => {
    if (polling) return;
    polling = true;
    poll()
      .catch((error: unknown) => log.warn({ err: error }, 'streams could not be polled; trying again'))
      .finally(() => {
        polling = false;
      });
  }, pollIntervalMs);

  const offPublished = bus.onPublished(({ orgId }) => {
    const tail = tails.get(orgId);
    if (tail) pull(orgId, tail);
  });
  const offResync = bus.onResync(() => {
    for (const [orgId, tail] of tails) pull(orgId, tail);
  });

  return {
    async listen(orgId, listener) {
      const tail = tails.get(orgId) ?? new StreamTail(orgId, eventLog);
      tails.set(orgId, tail);
      tail.listeners.add(listener);
      function end(): void {
        tail.listeners.delete(listener);
        if (tail.listeners.size === 0 && tails.get(orgId) === tail) tails.delete(orgId);
      }
      try {
        await tail.pull();
      } catch (error) {
        end();
        throw error;
      }
      return end;
    },
    stop() {
      clearInterval(timer);
      offPublished();
      offResync();
    },
  };
}
