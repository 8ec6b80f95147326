import type { Logger } from '../logger.js';
import type { EventLog } from './event-log.js';
import type { StoredEvent } from './event.js';

const pageSize = 500;
/**
 * Events of a stream are published in the order of their commits, but named by the clocks of their nodes when they were
 * emitted: no clock is this wrong, and no transaction this long.
 */
const emittedEarlierAtMostMs = 24 * 3600 * 1000;

export type EventListener = (event: StoredEvent) => void;

/** When a UUIDv7 was made (RFC 9562: milliseconds in its first 48 bits). */
function madeAtMs(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

/** Follows one stream for everybody on this node: each event is read once, however many listen. */
export class StreamTail {
  readonly listeners = new Set<EventListener>();
  #position: bigint | null = null;
  #lastId: string | null = null;
  #pulling: Promise<void> | null = null;
  #again = false;
  #restarts = 0;

  constructor(
    private readonly orgId: string,
    private readonly eventLog: EventLog,
    private readonly log: Logger,
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

  /** Forgets its position, which means another event now, and goes on at the head. */
  restart(): Promise<void> {
    this.#restarts += 1;
    this.#position = null;
    this.#lastId = null;
    return this.pull();
  }

  async #pullAll(): Promise<void> {
    do {
      this.#again = false;
      if (this.#position === null) await this.#begin();
      else await this.#readOn(this.#position);
    } while (this.#again);
  }

  /** What is published from here on comes with a hint or is found by the poll: there is nothing to read yet. */
  async #begin(): Promise<void> {
    const restarts = this.#restarts;
    const { head } = await this.eventLog.state(this.orgId);
    if (restarts === this.#restarts) this.#position = head;
  }

  async #readOn(from: bigint): Promise<void> {
    const restarts = this.#restarts;
    for (let after = from; ; after = this.position) {
      const events = await this.eventLog.read(this.orgId, after, pageSize, this.#emittedSince());
      if (restarts !== this.#restarts) return;
      for (const event of events) this.#deliver(event);
      if (events.length < pageSize) return;
    }
  }

  #emittedSince(): Date | undefined {
    if (!this.#lastId) return undefined;
    return new Date(Math.min(madeAtMs(this.#lastId), Date.now()) - emittedEarlierAtMostMs);
  }

  #deliver(event: StoredEvent): void {
    this.#position = event.position;
    this.#lastId = event.id;
    for (const listener of this.listeners) {
      try {
        listener(event);
      } catch (error) {
        // The others still have to hear of it, and nobody would read it a second time.
        const { orgId, id, type } = event;
        this.log.error({ err: error, orgId, eventId: id, type }, 'a listener failed on an event');
      }
    }
  }
}
