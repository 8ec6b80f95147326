import { startTestApp, type TestApp } from '../../support/app.js';
import { createMember, createOwner, type Member } from '../../support/factories/organization.js';
import { waitFor } from '../../support/wait-for.js';
import {
  Archive,
  Delete,
  Follow,
  Poll,
  Publish,
  Restore,
  Unarchive,
  Update,
} from './environment-feed.documents.js';
import {
  create,
  createFeedReaders,
  cursorAt,
  cursorOf,
  subjectsOf,
  told,
} from './environment-feed.readers.js';

describe('the feed of environments', () => {
  let app: TestApp;
  const { connect, follow, close } = createFeedReaders(() => app);
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterEach(close);
  afterAll(() => app.stop());

  async function playEveryChange(member: Member): Promise<string> {
    const id = await create(member);
    const input = { id };
    await member.client.run(Update, { input: { id, expectedRevision: 1, name: 'Crater' } });
    await member.client.run(Publish, { input });
    await member.client.run(Archive, { input });
    await member.client.run(Unarchive, { input });
    await member.client.run(Delete, { input });
    await member.client.run(Restore, { input });
    return id;
  }

  const everyChange = ['CREATED', 'UPDATED', 'PUBLISHED', 'ARCHIVED', 'UNARCHIVED', 'DELETED', 'RESTORED'];

  it('tells owner, admin and author of each change, in order, and others of what is published', async () => {
    const owner = await createOwner(app);
    const admin = await createMember(app, owner.orgId, 'admin');
    const author = await createMember(app, owner.orgId, 'member');
    const member = await createMember(app, owner.orgId, 'member');
    const viewer = await createMember(app, owner.orgId, 'viewer');
    const [all, some] = [
      await Promise.all([owner, admin, author].map((each) => follow(each))),
      await Promise.all([member, viewer].map((each) => follow(each))),
    ];
    const id = await playEveryChange(author);
    for (const followed of all) {
      await followed.count(everyChange.length);
      expect(told(followed)).toEqual(everyChange);
      expect(new Set(subjectsOf(followed))).toEqual(new Set([id]));
    }
    const public_ = ['PUBLISHED', 'ARCHIVED', 'UNARCHIVED', 'DELETED', 'RESTORED'];
    for (const followed of some) {
      await followed.count(public_.length);
      expect(told(followed)).toEqual(public_);
    }
  });

  it('shows the environment as the reader may see it at that moment, and no more', async () => {
    const owner = await createOwner(app);
    const viewer = await createMember(app, owner.orgId, 'viewer');
    const id = await create(owner);
    await owner.client.run(Publish, { input: { id } });
    const [seen, seenByViewer] = [await follow(owner), await follow(viewer)];
    await owner.client.run(Archive, { input: { id } });
    await Promise.all([seen.count(1), seenByViewer.count(1)]);
    expect(seen.received[0]?.feed).toMatchObject({
      environment: { name: 'Volcano', status: 'ARCHIVED', owner: { id: owner.id } },
    });
    expect(seenByViewer.received[0]?.feed).toMatchObject({ environmentId: id, environment: null });
  });

  it('tells nobody of another organization', async () => {
    const [owner, stranger] = [await createOwner(app), await createOwner(app)];
    const [seen, strange] = [await follow(owner), await follow(stranger)];
    await playEveryChange(owner);
    await seen.count(everyChange.length);
    await create(stranger);
    await strange.count(1);
    expect(told(strange)).toEqual(['CREATED']);
  });

  it('gives after a dropped socket exactly what was missed, then goes on live', async () => {
    const owner = await createOwner(app);
    const socket = connect(owner);
    const before = await follow(owner, socket);
    const [first, second] = [await create(owner, 'One'), await create(owner, 'Two')];
    await before.count(2);
    socket.client.terminate();
    await waitFor(() => socket.closed.length > 0);
    const cursor = cursorAt(before, 0);

    const missed = [await create(owner, 'Three'), await create(owner, 'Four')];
    const after = connect(owner).follow(Follow, { after: cursor });
    await after.count(3);
    const live = await create(owner, 'Five');
    await after.count(4);
    expect(subjectsOf(before)).toEqual([first, second]);
    expect(subjectsOf(after)).toEqual([second, ...missed, live]);
  });

  it('gives the same items, with the same cursors, to a client that polls', async () => {
    const owner = await createOwner(app);
    const start = await cursorOf(owner);
    const followed = connect(owner).follow(Follow, { after: start });
    await playEveryChange(owner);
    await followed.count(everyChange.length);
    const changes: (string | undefined)[] = [];
    const cursors: string[] = [];
    let after = start;
    for (;;) {
      const { feed } = await owner.client.run(Poll, { after, first: 3 });
      changes.push(...feed.items.map((item) => ('change' in item ? item.change : item.__typename)));
      cursors.push(...feed.items.map(({ cursor }) => cursor));
      after = feed.cursor;
      if (!feed.hasMore) break;
    }
    expect(changes).toEqual(everyChange);
    const midway = cursorAt(followed, 3);
    const rest = await owner.client.run(Poll, { after: midway });
    expect(rest.feed.items.map((item) => ('change' in item ? item.change : null))).toEqual(
      everyChange.slice(4),
    );
    const resumed = connect(owner).follow(Follow, { after: cursors[5] ?? '' });
    await resumed.count(1);
    expect(told(resumed)).toEqual(['RESTORED']);
  });

  it('can be narrowed to a topic', async () => {
    const owner = await createOwner(app);
    const followed = connect(owner).follow(Follow, {
      after: await cursorOf(owner),
      topics: ['ENVIRONMENTS'],
    });
    await create(owner);
    await followed.count(1);
    expect(told(followed)).toEqual(['CREATED']);
  });

  it('says that there is a gap when the cursor is from another organization', async () => {
    const owner = await createOwner(app);
    const other = await createOwner(app);
    const followed = connect(owner).follow(Follow, { after: await cursorOf(other) });
    await followed.count(1);
    expect(followed.received[0]?.feed).toMatchObject({ __typename: 'FeedGap', reason: 'STREAM_NOT_COVERED' });
    await create(owner);
    await followed.count(2);
    expect(told(followed)).toEqual(['FeedGap', 'CREATED']);
  });

  it('refuses a bad cursor by its code, over the socket and when polling, and the socket stays usable', async () => {
    const owner = await createOwner(app);
    const socket = connect(owner);
    const refused = socket.follow(Follow, { after: 'no cursor' });
    await refused.ended;
    expect(refused.errors.flat()).toMatchObject([{ extensions: { code: 'CURSOR_INVALID' } }]);
    expect(await owner.client.code(Poll, { after: 'no cursor' })).toBe('CURSOR_INVALID');
    const followed = await follow(owner, socket);
    await create(owner);
    await followed.count(1);
  });

  it('refuses a page size out of range', async () => {
    const owner = await createOwner(app);
    expect(await owner.client.code(Poll, { first: 0 })).toBe('INPUT_INVALID');
    expect(await owner.client.code(Poll, { first: 201 })).toBe('INPUT_INVALID');
  });
});
