import { setImmediate as nextTurn } from 'node:timers/promises';
import { v7 } from 'uuid';
import type { Infrastructure } from '../../../src/app/infrastructure.js';
import { CursorInvalidError } from '../../../src/kernel/errors.js';
import { decodeCursor, encodeCursor } from '../../../src/kernel/events/cursor.js';
import type { EventLog } from '../../../src/kernel/events/event-log.js';
import type { FeedEntry } from '../../../src/kernel/events/feed-entry.js';
import type { FeedFollower } from '../../../src/kernel/events/feed-follower.js';
import { createFeed, type Feed } from '../../../src/kernel/events/feed.js';
import type { StreamTails } from '../../../src/kernel/events/stream-tails.js';
import { PLATFORM_ORG_ID } from '../../../src/kernel/ids.js';
import { waitFor } from '../../support/wait-for.js';
import { createEventWorld, emit, numberOf, upTo, type EventWorld } from './event-world.js';

async function take(follower: FeedFollower, count: number): Promise<FeedEntry[]> {
  const entries: FeedEntry[] = [];
  while (entries.length < count) {
    const { done, value } = await follower.next();
    if (done) break;
    entries.push(value);
  }
  return entries;
}

function numbersOf(entries: FeedEntry[]): (number | string)[] {
  return entries.map((entry) => (entry.kind === 'event' ? numberOf(entry.event) : entry.reason));
}

describe('following the feed', () => {
  let world: EventWorld;
  let node: Infrastructure;
  let feed: Feed;
  let fromLog: number;
  let stateReads: number;
  let listening: number;
  let broken: boolean;
  let beforeState: (orgId: string) => Promise<void>;
  beforeAll(async () => {
    world = await createEventWorld();
    node = await world.node();
    world.relay(node).start();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    fromLog = 0;
    stateReads = 0;
    listening = 0;
    broken = false;
    beforeState = () => Promise.resolve();
    const eventLog: EventLog = {
      ...node.eventLog,
      async state(orgId) {
        await beforeState(orgId);
        stateReads += 1;
        return node.eventLog.state(orgId);
      },
      async readFor(...range) {
        if (broken) throw new Error('the database is away');
        const events = await node.eventLog.readFor(...range);
        fromLog += events.length;
        return events;
      },
    };
    const tails: StreamTails = {
      ...node.tails,
      async listen(...args) {
        const end = await node.tails.listen(...args);
        listening += 1;
        return () => {
          listening -= 1;
          end();
        };
      },
    };
    feed = createFeed({ eventLog, tails });
  });

  const heads = (orgId: string) => node.eventLog.state(orgId).then(({ head }) => head);
  const published = (orgId: string, head: number) =>
    waitFor(async () => (await heads(orgId)) === BigInt(head));

  async function cursorAt(orgId: string, position: number, platform?: bigint): Promise<string> {
    const positions = new Map([
      [orgId, BigInt(position)],
      [PLATFORM_ORG_ID, platform ?? (await heads(PLATFORM_ORG_ID))],
    ]);
    return encodeCursor({ epoch: await node.eventLog.epoch(), positions });
  }

  it('misses and repeats nothing while eight writers publish 2,000 events and the reader is slow', async () => {
    const orgId = v7();
    const reader = { userId: v7(), orgId };
    const follower = await feed.follow(reader, { after: null });
    const writers = upTo(8).map(async (writer) => {
      const subjectId = v7();
      for (let n = 0; n < 250; n += 5) {
        await emit(
          node,
          orgId,
          upTo(5).map((step) => writer * 1000 + n + step),
          { subjectId },
        );
      }
    });
    const positions: bigint[] = [];
    const numbers: number[] = [];
    while (positions.length < 2000) {
      const { value } = await follower.next();
      if (value?.kind !== 'event') throw new Error('a gap, or the end');
      positions.push(value.event.position ?? 0n);
      numbers.push(numberOf(value.event));
      if (positions.length % 3 === 0) await nextTurn();
    }
    await Promise.all(writers);
    expect(positions.map(Number)).toEqual(upTo(2000));
    for (const writer of upTo(8)) {
      const own = numbers.filter((n) => Math.floor((n - 1) / 1000) === writer);
      expect(own).toEqual(upTo(250).map((n) => writer * 1000 + n));
    }
    follower.close();
  });

  it('gives once what it meets both in the log and live', async () => {
    const orgId = v7();
    await emit(node, orgId, [1, 2]);
    await published(orgId, 2);
    const follower = await feed.follow({ userId: v7(), orgId }, { after: await cursorAt(orgId, 0) });
    let live = 0;
    const off = await node.tails.listen(orgId, () => (live += 1));
    beforeState = async (stream) => {
      if (stream !== orgId || live > 0) return;
      await emit(node, orgId, [3, 4]);
      await waitFor(() => live === 2);
    };
    const caughtUp = await take(follower, 4);
    await emit(node, orgId, [5]);
    expect(numbersOf([...caughtUp, ...(await take(follower, 1))])).toEqual(upTo(5));
    follower.close();
    off();
  });

  it('goes back to the log for what a reader leaves unread beyond its queue', async () => {
    const orgId = v7();
    const follower = await feed.follow({ userId: v7(), orgId }, { after: null });
    const first = follower.next();
    await waitFor(() => stateReads === 4);
    await emit(node, orgId, [1]);
    expect(numbersOf([(await first).value as FeedEntry])).toEqual([1]);
    expect(fromLog).toBe(0);
    for (let n = 2; n <= 1000; n += 111)
      await emit(
        node,
        orgId,
        upTo(111).map((step) => n + step - 1),
      );
    await published(orgId, 1000);
    expect(numbersOf(await take(follower, 999))).toEqual(upTo(1000).slice(1));
    expect(fromLog).toBeGreaterThan(700);
    await emit(node, orgId, [1001]);
    expect(numbersOf(await take(follower, 1))).toEqual([1001]);
    follower.close();
  });

  it('gives the events of the organization and those for the account, and no others', async () => {
    const orgId = v7();
    const userId = v7();
    const follower = await feed.follow({ userId, orgId }, { after: null });
    await emit(node, orgId, [1], { audience: { kind: 'system' } });
    await emit(node, orgId, [2], { audience: { kind: 'user', userId: v7() } });
    await emit(node, orgId, [3], { audience: { kind: 'user', userId } });
    await emit(node, v7(), [4]);
    await emit(node, PLATFORM_ORG_ID, [5]);
    await emit(node, PLATFORM_ORG_ID, [6], { audience: { kind: 'user', userId: v7() } });
    await published(orgId, 3);
    expect(numbersOf(await take(follower, 1))).toEqual([3]);
    await emit(node, PLATFORM_ORG_ID, [7], { audience: { kind: 'user', userId } });
    expect(numbersOf(await take(follower, 1))).toEqual([7]);
    await emit(node, orgId, [8]);
    const [last] = await take(follower, 1);
    expect(numbersOf([last as FeedEntry])).toEqual([8]);
    follower.close();

    const again = await feed.follow({ userId, orgId }, { after: await cursorAt(orgId, 0, 0n) });
    expect(numbersOf(await take(again, 3)).sort()).toEqual([3, 7, 8]);
    again.close();
  });

  it('goes on after each of its cursors with exactly what followed', async () => {
    const orgId = v7();
    const reader = { userId: v7(), orgId };
    const follower = await feed.follow(reader, { after: null });
    await emit(node, orgId, upTo(6));
    const entries = await take(follower, 6);
    follower.close();
    await emit(node, orgId, [7, 8]);
    await published(orgId, 8);
    for (const [index, { cursor }] of entries.entries()) {
      const resumed = await feed.follow(reader, { after: cursor });
      expect(numbersOf(await take(resumed, 7 - index))).toEqual(upTo(8).slice(index + 1));
      resumed.close();
    }
  });

  it('ends at once when it is closed while it waits, and leaves its streams', async () => {
    const follower = await feed.follow({ userId: v7(), orgId: v7() }, { after: null });
    expect(listening).toBe(2);
    const waiting = follower.next();
    await nextTurn();
    follower.close();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await follower.next()).toEqual({ done: true, value: undefined });
    expect(listening).toBe(0);
  });

  it('leaves its streams when reading fails, as nobody closes it then', async () => {
    const orgId = v7();
    await emit(node, orgId, [1]);
    await published(orgId, 1);
    const follower = await feed.follow({ userId: v7(), orgId }, { after: await cursorAt(orgId, 0) });
    broken = true;
    await expect(follower.next()).rejects.toThrow('the database is away');
    expect(listening).toBe(0);
    expect(await follower.next()).toEqual({ done: true, value: undefined });
  });

  it('refuses a cursor that is not one, and leaves its streams', async () => {
    const follow = feed.follow({ userId: v7(), orgId: v7() }, { after: 'yesterday' });
    await expect(follow).rejects.toThrow(CursorInvalidError);
    expect(listening).toBe(0);
  });

  describe('says that there is a gap, and goes on behind it,', () => {
    let orgId: string;
    beforeEach(async () => {
      orgId = v7();
      await emit(node, orgId, upTo(5));
      await published(orgId, 5);
    });

    async function expectGap(after: string, expected: (number | string)[], next = [6]): Promise<FeedEntry[]> {
      const reader = { userId: v7(), orgId };
      const follower = await feed.follow(reader, { after });
      await emit(node, orgId, next);
      const entries = await take(follower, expected.length);
      expect(numbersOf(entries)).toEqual(expected);
      follower.close();
      const resumed = await feed.follow(reader, { after: entries[0]?.cursor ?? '' });
      expect(numbersOf(await take(resumed, expected.length - 1))).toEqual(expected.slice(1));
      resumed.close();
      return entries;
    }

    const owner = (sql: string, params: unknown[] = []) => world.database.query('owner', sql, params);

    it('when the log has been trimmed beyond the cursor', async () => {
      const after = await cursorAt(orgId, 1);
      await owner('update event_stream set trimmed = 3 where org_id = $1', [orgId]);
      await expectGap(after, ['cursor-too-old', 4, 5, 6]);
    });

    it('but not when it has been trimmed up to the cursor', async () => {
      await owner('update event_stream set trimmed = 3 where org_id = $1', [orgId]);
      const follower = await feed.follow({ userId: v7(), orgId }, { after: await cursorAt(orgId, 3) });
      expect(numbersOf(await take(follower, 2))).toEqual([4, 5]);
      follower.close();
    });

    it('when it is trimmed while a slow reader is behind', async () => {
      const follower = await feed.follow({ userId: v7(), orgId }, { after: await cursorAt(orgId, 1) });
      await owner('update event_stream set trimmed = 4 where org_id = $1', [orgId]);
      expect(numbersOf(await take(follower, 2))).toEqual(['cursor-too-old', 5]);
      follower.close();
    });

    it('when the cursor is of before a restore', async () => {
      const { epoch, positions } = decodeCursor(await cursorAt(orgId, 1));
      await expectGap(encodeCursor({ epoch: epoch - 1, positions }), ['log-restored', 6]);
    });

    it('when the log is restored while it follows', async () => {
      const follower = await feed.follow({ userId: v7(), orgId }, { after: await cursorAt(orgId, 4) });
      expect(numbersOf(await take(follower, 1))).toEqual([5]);
      const next = follower.next();
      const old = await node.eventLog.epoch();
      await owner('update event_epoch set epoch = epoch + 1');
      const { value } = await next;
      expect(value).toMatchObject({ kind: 'gap', reason: 'log-restored' });
      expect(decodeCursor(value?.cursor ?? '')).toMatchObject({ epoch: old + 1 });
      await emit(node, orgId, [6]);
      expect(numbersOf(await take(follower, 1))).toEqual([6]);
      follower.close();
    });

    it('when the cursor knows of events that the log has lost', async () => {
      await expectGap(await cursorAt(orgId, 7), ['log-restored', 6]);
    });

    it('when the cursor is of another organization', async () => {
      const other = v7();
      await emit(node, other, [1]);
      await published(other, 1);
      await expectGap(await cursorAt(other, 1), ['stream-not-covered', 6]);
    });
  });
});
