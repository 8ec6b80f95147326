import pg from 'pg';
import { shardOf } from '../../../src/kernel/events/shards.js';
import { PLATFORM_ORG_ID } from '../../../src/kernel/ids.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { createMember, createOwner, enter, type Member } from '../../support/factories/organization.js';
import { signIn } from '../../support/factories/person.js';
import { waitFor } from '../../support/wait-for.js';
import { ChangeRole, Follow, Poll, Publish, Remove } from './environment-feed.documents.js';
import { create, createFeedReaders, cursorAt, told } from './environment-feed.readers.js';

describe('the feed of a member whose access ends', () => {
  let app: TestApp;
  const { connect, follow, close } = createFeedReaders(() => app);
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterEach(close);
  afterAll(() => app.stop());

  let owner: Member;
  let member: Member;
  beforeEach(async () => {
    owner = await createOwner(app);
    member = await createMember(app, owner.orgId, 'member');
  });

  async function createPublished(name: string): Promise<string> {
    const id = await create(owner, name);
    await owner.client.run(Publish, { input: { id } });
    return id;
  }

  it('ends: nothing more comes, the socket is closed, and neither token nor cursor opens it again', async () => {
    const socket = connect(member);
    const followed = await follow(member, socket);
    await createPublished('Before');
    await followed.count(1);
    const cursor = cursorAt(followed, 0);
    await owner.client.run(Remove, { input: { userId: member.id } });
    await createPublished('After');
    await waitFor(() => socket.closed.length > 0, { what: 'the socket closing' });
    expect(socket.closed.map(({ code }) => code)).toEqual([4403]);
    expect(told(followed)).toEqual(['PUBLISHED']);
    const again = connect(member);
    const refused = again.follow(Follow, { after: cursor });
    await refused.ended;
    expect(refused.received).toEqual([]);
    expect(again.closed.map(({ code }) => code)).toEqual([4403]);
    expect(await member.client.code(Poll, { after: cursor })).toBe('ACCOUNTS_ACCESS_TOKEN_REFUSED');
  });

  it('ends in the order of the stream, also while the revocation itself is not yet published', async () => {
    // The stream of the organization has to go on while that of the platform is held up.
    while (shardOf(owner.orgId) === shardOf(PLATFORM_ORG_ID)) owner = await createOwner(app);
    member = await createMember(app, owner.orgId, 'member');
    const socket = connect(member);
    const followed = await follow(member, socket);
    const seen = await follow(owner);
    await createPublished('Before');
    await followed.count(1);
    const cursor = cursorAt(followed, 0);
    const relay = new pg.Client({ connectionString: app.database.url('relay') });
    await relay.connect();
    try {
      await relay.query('begin');
      await relay.query('select pg_advisory_xact_lock($1, $2)', [0x7462_7872, shardOf(PLATFORM_ORG_ID)]);
      await owner.client.run(Remove, { input: { userId: member.id } });
      await createPublished('After');
      await seen.count(4);
      expect(await member.client.code(Poll, { after: cursor })).toBe('ACCOUNTS_ACCESS_TOKEN_REFUSED');
    } finally {
      await relay.end();
    }
    await waitFor(() => socket.closed.length > 0, { what: 'the socket closing' });
    expect(told(followed)).toEqual(['PUBLISHED']);
    expect(socket.closed.map(({ code }) => code)).toEqual([4403]);
  });

  it('shows nothing beyond the new role after the role was lowered', async () => {
    const admin = await createMember(app, owner.orgId, 'admin');
    const socket = connect(admin);
    const followed = await follow(admin, socket);
    await create(owner, 'Draft');
    await followed.count(1);
    await owner.client.run(ChangeRole, { input: { userId: admin.id, role: 'VIEWER' } });
    await create(owner, 'Secret draft');
    await waitFor(() => socket.closed.length > 0, { what: 'the socket closing' });
    expect(told(followed)).toEqual(['CREATED']);
    const { accessToken } = await signIn(app, admin);
    const person = { ...admin, client: createClient(app.url, accessToken) };
    const viewer = await enter(app, person, owner.orgId, 'viewer');
    const again = await follow(viewer);
    await createPublished('Public');
    await again.count(1);
    expect(told(again)).toEqual(['PUBLISHED']);
  });
});
