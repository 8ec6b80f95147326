import type { EventLog } from './event-log.js';
import type { StoredEvent } from './event.js';

export interface StreamRange {
  orgId: string;
  after: bigint;
  upTo: bigint;
}

export interface Backlog {
  events: StoredEvent[];
  /** Whether the ranges hold more than these. */
  hasMore: boolean;
}

function comesBefore(a: StoredEvent, b: StoredEvent): boolean {
  const [aMs, bMs] = [a.publishedAt?.getTime() ?? 0, b.publishedAt?.getTime() ?? 0];
  return aMs === bMs ? a.orgId < b.orgId : aMs < bMs;
}

/**
 * The one order of the feed: by the time of publication, then by stream; within a stream by position, also where the
 * database's clock has been set back. It depends on nothing but where the ranges begin, so that reading may stop and
 * go on anywhere.
 */
function merge(streams: StoredEvent[][]): StoredEvent[] {
  const heads = streams.filter((stream) => stream.length > 0).map((stream) => ({ stream, index: 0 }));
  const merged: StoredEvent[] = [];
  while (heads.length > 0) {
    const first = heads.reduce((best, each) =>
      comesBefore(each.stream[each.index] as StoredEvent, best.stream[best.index] as StoredEvent)
        ? each
        : best,
    );
    merged.push(first.stream[first.index] as StoredEvent);
    first.index += 1;
    if (first.index === first.stream.length) heads.splice(heads.indexOf(first), 1);
  }
  return merged;
}

/** The first events for this account in all the ranges, in the order of the feed. */
export async function readBacklog(
  log: EventLog,
  userId: string,
  ranges: StreamRange[],
  limit: number,
): Promise<Backlog> {
  const readable = ranges.filter(({ after, upTo }) => upTo > after);
  const streams = await Promise.all(
    readable.map(({ orgId, after, upTo }) => log.readFor(userId, orgId, { after, upTo, limit: limit + 1 })),
  );
  const events = merge(streams);
  return { events: events.slice(0, limit), hasMore: events.length > limit };
}
