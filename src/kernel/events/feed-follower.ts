import { encodeCursor } from './cursor.js';
import type { EventLog } from './event-log.js';
import type { StoredEvent } from './event.js';
import type { FeedEntry, FeedReader, FeedStart, GapReason } from './feed-entry.js';

/** Live events that one reader may leave unread before it is sent back to the log for them. */
const queueLimit = 256;
const pageSize = 200;

const done = { done: true, value: undefined } as const;

/**
 * One reader's way through its streams. Every stream begins `behind`: the log is read up to its head, while
 * live events queue; what came in both ways is told apart by its position. A reader too slow for its queue
 * falls behind again and goes back to the log, so memory is bounded and nothing is lost.
 */
export class FeedFollower implements AsyncIterableIterator<FeedEntry> {
  readonly #queue: StoredEvent[] = [];
  readonly #ready: FeedEntry[] = [];
  readonly #behind = new Set<string>();
  readonly #closers: (() => void)[] = [];
  #positions = new Map<string, bigint>();
  #epoch = 0;
  #closed = false;
  #wake: (() => void) | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly reader: FeedReader,
  ) {}

  start({ epoch, positions, gap }: FeedStart): void {
    this.#epoch = epoch;
    this.#positions = positions;
    for (const orgId of positions.keys()) this.#behind.add(orgId);
    if (gap) this.#ready.push(this.#gap(gap));
  }

  /** Takes a live event; called by the stream's tail in the order of positions. */
  offer(event: StoredEvent): void {
    if (this.#closed || this.#behind.has(event.orgId)) return;
    if (this.#queue.length >= queueLimit) {
      this.#behind.add(event.orgId);
    } else {
      this.#queue.push(event);
    }
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<FeedEntry, undefined>> {
    while (!this.#closed) {
      const entry = this.#ready.shift() ?? this.#fromQueue();
      if (entry) return { done: false, value: entry };
      const [orgId] = this.#behind;
      if (orgId) {
        await this.#catchUp(orgId);
      } else if (this.#queue.length === 0) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
    return done;
  }

  return(): Promise<IteratorResult<FeedEntry, undefined>> {
    this.close();
    return Promise.resolve(done);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  onClose(closer: () => void): void {
    if (this.#closed) closer();
    else this.#closers.push(closer);
  }

  close(): void {
    this.#closed = true;
    for (const closer of this.#closers.splice(0)) closer();
    this.#wake?.();
  }

  /** The next queued event for this reader. Not while a stream is behind: its log comes first. */
  #fromQueue(): FeedEntry | null {
    while (this.#behind.size === 0) {
      const event = this.#queue.shift();
      if (!event) return null;
      const position = event.position ?? 0n;
      if (position <= (this.#positions.get(event.orgId) ?? 0n)) continue;
      this.#positions.set(event.orgId, position);
      if (this.#concerns(event)) return this.#entry(event);
    }
    return null;
  }

  async #catchUp(orgId: string): Promise<void> {
    // Before the head is read: whatever is published after it then comes through the queue.
    this.#behind.delete(orgId);
    const after = this.#positions.get(orgId) ?? 0n;
    const { head, trimmed } = await this.log.state(orgId);
    if (after < trimmed) {
      this.#positions.set(orgId, trimmed);
      this.#ready.push(this.#gap('cursor-too-old'));
    }
    const from = after < trimmed ? trimmed : after;
    const events = await this.log.readFor(this.reader.userId, orgId, {
      after: from,
      upTo: head,
      limit: pageSize,
    });
    for (const event of events) {
      this.#positions.set(orgId, event.position ?? 0n);
      this.#ready.push(this.#entry(event));
    }
    if (events.length === pageSize) this.#behind.add(orgId);
    else if (head > from) this.#positions.set(orgId, head);
  }

  #concerns(event: StoredEvent): boolean {
    if (event.audience === 'user') return event.userId === this.reader.userId;
    return event.audience === 'org' && event.orgId === this.reader.orgId;
  }

  #entry(event: StoredEvent): FeedEntry {
    return { kind: 'event', event, cursor: this.#cursor() };
  }

  #gap(reason: GapReason): FeedEntry {
    return { kind: 'gap', reason, cursor: this.#cursor() };
  }

  #cursor(): string {
    return encodeCursor({ epoch: this.#epoch, positions: this.#positions });
  }
}
