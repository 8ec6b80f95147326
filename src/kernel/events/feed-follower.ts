import { encodeCursor } from './cursor.js';
import type { EventLog } from './event-log.js';
import { readBacklog, type StreamRange } from './feed-backlog.js';
import type { StoredEvent } from './event.js';
import type { FeedEntry, FeedReader, FeedStart, GapReason } from './feed-entry.js';

/** Live events that one reader may leave unread before it is sent back to the log for them. */
const queueLimit = 256;
const pageSize = 200;

const done = { done: true, value: undefined } as const;

/**
 * One reader's way through its streams. It begins `behind`: the log is read up to the heads, while live events
 * queue; what came in both ways is told apart by its position. A reader too slow for its queue falls behind again
 * and goes back to the log, so memory is bounded and nothing is lost.
 */
export class FeedFollower implements AsyncIterableIterator<FeedEntry> {
  readonly #queue: StoredEvent[] = [];
  readonly #ready: FeedEntry[] = [];
  readonly #closers: (() => void)[] = [];
  #positions = new Map<string, bigint>();
  #epoch = 0;
  #behind = true;
  #restored = false;
  #closed = false;
  #wake: (() => void) | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly reader: FeedReader,
  ) {}

  start({ epoch, positions, gap }: FeedStart): void {
    this.#epoch = epoch;
    this.#positions = positions;
    if (gap) this.#ready.push(this.#gap(gap));
  }

  /** Takes a live event; called by the stream's tail in the order of positions. */
  offer(event: StoredEvent): void {
    if (this.#closed || this.#behind) return;
    if (this.#queue.length >= queueLimit) {
      // The log will give what the queue holds, so that the queue is free for what comes after.
      this.#behind = true;
      this.#queue.length = 0;
    } else {
      this.#queue.push(event);
    }
    this.#wake?.();
  }

  /** Positions mean other events from now on: the reader is told of a gap, and goes on at the heads. */
  restored(): void {
    this.#restored = true;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<FeedEntry, undefined>> {
    try {
      return await this.#next();
    } catch (error) {
      // Nobody calls `return` on an iterator that has thrown: it would stay with its streams for good.
      this.close();
      throw error;
    }
  }

  async #next(): Promise<IteratorResult<FeedEntry, undefined>> {
    while (!this.#closed) {
      if (this.#restored) await this.#restart();
      const entry = this.#ready.shift() ?? this.#fromQueue();
      if (entry) return { done: false, value: entry };
      if (this.#behind) {
        await this.#catchUp();
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

  async #restart(): Promise<void> {
    this.#restored = false;
    this.#behind = true;
    this.#queue.length = 0;
    this.#ready.length = 0;
    this.#epoch = await this.log.epoch();
    for (const orgId of this.#positions.keys()) {
      this.#positions.set(orgId, (await this.log.state(orgId)).head);
    }
    this.#ready.push(this.#gap('log-restored'));
  }

  /** The next queued event for this reader. Not while it is behind: the log comes first. */
  #fromQueue(): FeedEntry | null {
    while (!this.#behind) {
      const event = this.#queue.shift();
      if (!event) return null;
      const position = event.position ?? 0n;
      if (position <= (this.#positions.get(event.orgId) ?? 0n)) continue;
      this.#positions.set(event.orgId, position);
      if (this.#concerns(event)) return this.#entry(event);
    }
    return null;
  }

  async #catchUp(): Promise<void> {
    // Before the heads are read: whatever is published after them then comes through the queue.
    this.#behind = false;
    const ranges = await this.#rangesBehind();
    const { events, hasMore } = await readBacklog(this.log, this.reader.userId, ranges, pageSize);
    for (const event of events) {
      this.#positions.set(event.orgId, event.position ?? 0n);
      this.#ready.push(this.#entry(event));
    }
    if (hasMore) this.#behind = true;
    else for (const { orgId, after, upTo } of ranges) if (upTo > after) this.#positions.set(orgId, upTo);
  }

  /** From where the reader is to the heads; where the log has been trimmed in between, there is a gap. */
  async #rangesBehind(): Promise<StreamRange[]> {
    const ranges: StreamRange[] = [];
    let trimmedBeyond = false;
    for (const [orgId, position] of this.#positions) {
      const { head, trimmed } = await this.log.state(orgId);
      const after = position < trimmed ? trimmed : position;
      trimmedBeyond ||= after !== position;
      this.#positions.set(orgId, after);
      ranges.push({ orgId, after, upTo: head });
    }
    if (trimmedBeyond) this.#ready.push(this.#gap('cursor-too-old'));
    return ranges;
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
