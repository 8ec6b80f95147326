import { decodeCursor, encodeCursor } from './cursor.js';
import type { EventLog } from './event-log.js';
import { readBacklog, type StreamRange } from './feed-backlog.js';
import { streamsOf, type FeedEntry, type FeedReader, type FeedStart, type GapReason } from './feed-entry.js';
import { FeedFollower } from './feed-follower.js';
import type { StreamTails } from './stream-tails.js';

export interface FeedPage {
  entries: FeedEntry[];
  /** Hand it back to go on from here, also when the page is empty. */
  cursor: string;
  hasMore: boolean;
}

export interface Feed {
  /** What happened after the cursor, for clients that poll; without a cursor, just the cursor of now. */
  page(reader: FeedReader, options: { after: string | null; first: number }): Promise<FeedPage>;
  /** The same entries as they happen: first the log, then live, nothing missed and nothing twice. */
  follow(reader: FeedReader, options: { after: string | null }): Promise<FeedFollower>;
}

/** Where to begin for a cursor, and whether something lies between the two that can no longer be told. */
async function resolveStart(log: EventLog, reader: FeedReader, after: string | null): Promise<FeedStart> {
  const cursor = after === null ? null : decodeCursor(after);
  const epoch = await log.epoch();
  const positions = new Map<string, bigint>();
  let gap: GapReason | null = cursor && cursor.epoch !== epoch ? 'log-restored' : null;
  const usable = gap ? null : cursor;

  for (const orgId of streamsOf(reader)) {
    const { head, trimmed } = await log.state(orgId);
    const from = usable?.positions.get(orgId);
    if (cursor && !gap && from === undefined) gap = 'stream-not-covered';
    if (from !== undefined && from > head) gap = 'log-restored';
    if (from !== undefined && from < trimmed) gap = 'cursor-too-old';
    const outOfRange = from === undefined || from > head;
    positions.set(orgId, outOfRange ? head : from < trimmed ? trimmed : from);
  }
  return { epoch, positions, gap };
}

export function createFeed({ eventLog, tails }: { eventLog: EventLog; tails: StreamTails }): Feed {
  return {
    async page(reader, { after, first }) {
      const { epoch, positions, gap } = await resolveStart(eventLog, reader, after);
      const entries: FeedEntry[] = [];
      if (gap) entries.push({ kind: 'gap', reason: gap, cursor: encodeCursor({ epoch, positions }) });
      const ranges: StreamRange[] = [];
      for (const [orgId, from] of positions) {
        const { head } = await eventLog.state(orgId);
        ranges.push({ orgId, after: from, upTo: head });
      }
      const { events, hasMore } = await readBacklog(eventLog, reader.userId, ranges, first - entries.length);
      for (const event of events) {
        positions.set(event.orgId, event.position ?? 0n);
        entries.push({ kind: 'event', event, cursor: encodeCursor({ epoch, positions }) });
      }
      if (!hasMore) for (const { orgId, upTo } of ranges) positions.set(orgId, upTo);
      return { entries, cursor: encodeCursor({ epoch, positions }), hasMore };
    },
    async follow(reader, { after }) {
      const follower = new FeedFollower(eventLog, reader);
      try {
        follower.onClose(tails.onRestored(() => follower.restored()));
        for (const orgId of streamsOf(reader)) {
          follower.onClose(await tails.listen(orgId, (event) => follower.offer(event)));
        }
        follower.start(await resolveStart(eventLog, reader, after));
        return follower;
      } catch (error) {
        follower.close();
        throw error;
      }
    },
  };
}
