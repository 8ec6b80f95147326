import { v7 } from 'uuid';
import type { Infrastructure } from '../../../src/app/infrastructure.js';
import type { FeedEntry, FeedReader } from '../../../src/kernel/events/feed-entry.js';
import { PLATFORM_ORG_ID } from '../../../src/kernel/ids.js';
import { waitFor } from '../../support/wait-for.js';
import { createEventWorld, emit, numberOf, upTo, type EventWorld } from './event-world.js';

function numbersOf(entries: FeedEntry[]): (number | string)[] {
  return entries.map((entry) => (entry.kind === 'event' ? numberOf(entry.event) : entry.reason));
}

describe('polling the feed', () => {
  let world: EventWorld;
  let node: Infrastructure;
  beforeAll(async () => {
    world = await createEventWorld();
    node = await world.node();
    world.relay(node).start();
  });
  afterAll(() => world.close());

  const published = (orgId: string, head: number) =>
    waitFor(async () => (await node.eventLog.state(orgId)).head === BigInt(head));

  async function pollToTheEnd(reader: FeedReader, after: string | null, first: number) {
    const entries: FeedEntry[] = [];
    let cursor = after;
    for (let pages = 1; ; pages += 1) {
      const page = await node.feed.page(reader, { after: cursor, first });
      expect(page.entries.length).toBeLessThanOrEqual(first);
      entries.push(...page.entries);
      cursor = page.cursor;
      if (!page.hasMore) return { entries, cursor, pages };
    }
  }

  it('begins with an empty page and the cursor of now', async () => {
    const orgId = v7();
    const reader = { userId: v7(), orgId };
    await emit(node, orgId, [1, 2]);
    await published(orgId, 2);
    const start = await node.feed.page(reader, { after: null, first: 10 });
    expect(start).toMatchObject({ entries: [], hasMore: false });
    await emit(node, orgId, [3]);
    await published(orgId, 3);
    const { entries } = await node.feed.page(reader, { after: start.cursor, first: 10 });
    expect(numbersOf(entries)).toEqual([3]);
  });

  it.each([1, 2, 7, 100])('gives, %i at a time, the same events as following does', async (first) => {
    const orgId = v7();
    const userId = v7();
    const reader = { userId, orgId };
    const { cursor: start } = await node.feed.page(reader, { after: null, first });
    const { head } = await node.eventLog.state(PLATFORM_ORG_ID);
    await emit(node, orgId, upTo(12));
    await emit(node, orgId, [50], { audience: { kind: 'user', userId: v7() } });
    await emit(node, orgId, [13, 14]);
    await emit(node, PLATFORM_ORG_ID, [101, 102], { audience: { kind: 'user', userId } });
    await published(orgId, 15);
    await published(PLATFORM_ORG_ID, Number(head) + 2);

    const polled = await pollToTheEnd(reader, start, first);
    const follower = await node.feed.follow(reader, { after: start });
    const followed: FeedEntry[] = [];
    for (let index = 0; index < 16; index += 1) followed.push((await follower.next()).value as FeedEntry);
    follower.close();
    const [ofOrg, ofPlatform] = [(n: unknown) => Number(n) < 100, (n: unknown) => Number(n) > 100];
    expect(numbersOf(polled.entries).filter(ofOrg)).toEqual(upTo(14));
    expect(numbersOf(polled.entries).filter(ofPlatform)).toEqual([101, 102]);
    expect(numbersOf(followed)).toEqual(numbersOf(polled.entries));
    expect(polled.pages).toBe(Math.ceil(16 / first));

    await emit(node, orgId, [15]);
    await published(orgId, 16);
    const rest = await node.feed.page(reader, { after: polled.cursor, first: 10 });
    expect(numbersOf(rest.entries)).toEqual([15]);
  });

  it('lets neither stream starve the other: the order is that of publication', async () => {
    const orgId = v7();
    const userId = v7();
    const reader = { userId, orgId };
    const own = { audience: { kind: 'user' as const, userId } };
    const { cursor: start } = await node.feed.page(reader, { after: null, first: 1 });
    const { head } = await node.eventLog.state(PLATFORM_ORG_ID);
    let platform = head;
    let org = 0;
    for (const n of upTo(8)) {
      const toPlatform = n % 4 === 2;
      if (toPlatform) await emit(node, PLATFORM_ORG_ID, [n], own);
      else await emit(node, orgId, [n]);
      if (toPlatform) platform += 1n;
      else org += 1;
      await published(orgId, org);
      await published(PLATFORM_ORG_ID, Number(platform));
      // Times of publication are kept to the millisecond.
      const before = Date.now();
      await waitFor(() => Date.now() > before + 1);
    }
    for (const first of [1, 2, 3, 100]) {
      const { entries } = await pollToTheEnd(reader, start, first);
      expect(numbersOf(entries)).toEqual(upTo(8));
    }
    const follower = await node.feed.follow(reader, { after: start });
    const followed: FeedEntry[] = [];
    for (let index = 0; index < 8; index += 1) followed.push((await follower.next()).value as FeedEntry);
    follower.close();
    expect(numbersOf(followed)).toEqual(upTo(8));
  });

  it('takes the cursor of any entry, also one that came over a socket', async () => {
    const orgId = v7();
    const reader = { userId: v7(), orgId };
    const follower = await node.feed.follow(reader, { after: null });
    await emit(node, orgId, upTo(4));
    const cursors: string[] = [];
    for (let index = 0; index < 4; index += 1) cursors.push((await follower.next()).value?.cursor ?? '');
    follower.close();
    for (const [index, after] of cursors.entries()) {
      const { entries } = await node.feed.page(reader, { after, first: 10 });
      expect(numbersOf(entries)).toEqual(upTo(4).slice(index + 1));
    }
  });

  it('puts a gap first, within the size of the page, and gives it once', async () => {
    const orgId = v7();
    const reader = { userId: v7(), orgId };
    const { cursor } = await node.feed.page(reader, { after: null, first: 1 });
    await emit(node, orgId, upTo(6));
    await published(orgId, 6);
    await world.database.query('owner', 'update event_stream set trimmed = 2 where org_id = $1', [orgId]);
    const { entries, pages } = await pollToTheEnd(reader, cursor, 2);
    expect(numbersOf(entries)).toEqual(['cursor-too-old', 3, 4, 5, 6]);
    expect(pages).toBe(3);
  });

  it('shows somebody without an organization what concerns their account', async () => {
    const reader = { userId: v7(), orgId: null };
    const { cursor } = await node.feed.page(reader, { after: null, first: 10 });
    const { head } = await node.eventLog.state(PLATFORM_ORG_ID);
    await emit(node, PLATFORM_ORG_ID, [1]);
    await emit(node, PLATFORM_ORG_ID, [2], { audience: { kind: 'user', userId: reader.userId } });
    await published(PLATFORM_ORG_ID, Number(head) + 2);
    const page = await node.feed.page(reader, { after: cursor, first: 10 });
    expect(numbersOf(page.entries)).toEqual([2]);
  });
});
