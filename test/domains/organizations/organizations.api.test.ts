import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { createMember, createOwner, enter } from '../../support/factories/organization.js';
import { createPerson } from '../../support/factories/person.js';
import {
  ActiveOrganization,
  CreateOrganization,
  Members,
  MyMemberships,
  RenameOrganization,
  SwitchOrganization,
} from './documents.js';

describe('an organization', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  it('belongs to whoever creates it, and is worked in after switching to it', async () => {
    const person = await createPerson(app);
    expect(await person.client.code(ActiveOrganization, {})).toBe('ORGANIZATION_REQUIRED');
    const { createOrganization } = await person.client.run(CreateOrganization, {
      input: { name: 'Škola 学校' },
    });
    const owner = await enter(app, person, createOrganization.id, 'owner');
    const { organization } = await owner.client.run(ActiveOrganization, {});
    expect(organization).toEqual({ id: createOrganization.id, name: 'Škola 学校' });
    const { members } = await owner.client.run(Members, {});
    expect(members.edges.map(({ node }) => node)).toEqual([
      { role: 'OWNER', user: { id: person.id, username: person.username } },
    ]);
  });

  it('is not created by nobody', async () => {
    const client = createClient(app.url);
    expect(await client.code(CreateOrganization, { input: { name: 'Nobody' } })).toBe('UNAUTHENTICATED');
  });

  it.each([
    ['an empty one', ''],
    ['one of 121 characters', 'x'.repeat(121)],
    ['one with NUL', 'a\0b'],
  ])('needs a name that is not %s', async (_what, name) => {
    const owner = await createOwner(app);
    const created = await owner.client.send(CreateOrganization, { input: { name } });
    const renamed = await owner.client.send(RenameOrganization, { input: { name } });
    for (const { errors } of [created, renamed]) {
      expect(errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field: 'input.name' });
    }
  });

  it('is renamed once, however often it is given the same name', async () => {
    const owner = await createOwner(app, 'Before');
    const rename = () => owner.client.run(RenameOrganization, { input: { name: 'After' } });
    expect(await rename()).toEqual(await rename());
    const sql = `select 1 from event where org_id = $1 and type = 'organization.renamed.v1'`;
    expect(await app.database.query('owner', sql, [owner.orgId])).toHaveLength(1);
  });

  describe('created with an idempotency key', () => {
    it('is created once, however often and however many at once', async () => {
      const person = await createPerson(app);
      const input = { name: 'Once', idempotencyKey: 'the key' };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => person.client.run(CreateOrganization, { input })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      const { myMemberships } = await person.client.run(MyMemberships, {});
      expect(myMemberships.edges).toHaveLength(1);
    });

    it('gives the first answer after it was renamed, and does not undo that', async () => {
      const person = await createPerson(app);
      const input = { name: 'First name', idempotencyKey: 'the key' };
      const first = await person.client.run(CreateOrganization, { input });
      const owner = await enter(app, person, first.createOrganization.id, 'owner');
      await owner.client.run(RenameOrganization, { input: { name: 'Second name' } });
      expect(await person.client.run(CreateOrganization, { input })).toEqual(first);
      expect((await owner.client.run(ActiveOrganization, {})).organization.name).toBe('Second name');
    });

    it('conflicts with other input under the same key, but not with another person’s', async () => {
      const [person, other] = [await createPerson(app), await createPerson(app)];
      const input = { name: 'Ours', idempotencyKey: 'the key' };
      const first = await person.client.run(CreateOrganization, { input });
      const changed = { ...input, name: 'Theirs' };
      expect(await person.client.code(CreateOrganization, { input: changed })).toBe('IDEMPOTENCY_KEY_REUSED');
      const theirs = await other.client.run(CreateOrganization, { input });
      expect(theirs.createOrganization.id).not.toBe(first.createOrganization.id);
    });

    it.each([
      ['empty', ''],
      ['too long', 'k'.repeat(256)],
      ['with NUL', 'a\0b'],
    ])('refuses a key that is %s', async (_what, idempotencyKey) => {
      const person = await createPerson(app);
      const { errors } = await person.client.send(CreateOrganization, {
        input: { name: 'Key', idempotencyKey },
      });
      expect(errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field: 'input.idempotencyKey' });
    });

    it.each(['\ufffd', 'emoji 😀 and "quotes" \\ back', 'x'.repeat(120)])(
      'keeps an answer with the name %j',
      async (name) => {
        const person = await createPerson(app);
        const input = { name, idempotencyKey: 'k' };
        const first = await person.client.run(CreateOrganization, { input });
        expect(await person.client.run(CreateOrganization, { input })).toEqual(first);
      },
    );
  });

  it('that one does not belong to is not switched to, as if it did not exist', async () => {
    const [owner, stranger] = [await createOwner(app), await createPerson(app)];
    const input = (organizationId: string) => ({ input: { organizationId } });
    const theirs = await stranger.client.send(SwitchOrganization, input(owner.orgId));
    const nobodys = await stranger.client.send(SwitchOrganization, input(stranger.id));
    expect([theirs, nobodys].map(({ errors }) => errors[0]?.extensions)).toEqual([
      { code: 'NOT_FOUND' },
      { code: 'NOT_FOUND' },
    ]);
    expect(theirs.errors[0]?.message.replace(owner.orgId, 'X')).toBe(
      nobodys.errors[0]?.message.replace(stranger.id, 'X'),
    );
  });

  it('is one of several that a person switches between, with a role in each', async () => {
    const [first, second] = [await createOwner(app, 'First'), await createOwner(app, 'Second')];
    const viewer = await createMember(app, second.orgId, 'viewer');
    await insertMembership(first.orgId, viewer.id);
    const { myMemberships } = await viewer.client.run(MyMemberships, {});
    expect(myMemberships.edges.map(({ node }) => [node.organization.name, node.role])).toEqual([
      ['First', 'MEMBER'],
      ['Second', 'VIEWER'],
    ]);
    const inFirst = await enter(app, viewer, first.orgId, 'member');
    expect((await inFirst.client.run(ActiveOrganization, {})).organization.name).toBe('First');
    // The token for the other one still works for the other one.
    expect((await viewer.client.run(ActiveOrganization, {})).organization.name).toBe('Second');
  });

  it('lists its members in pages, newest first', async () => {
    const owner = await createOwner(app);
    const newest = [];
    for (let i = 0; i < 4; i += 1) newest.unshift((await createMember(app, owner.orgId, 'member')).id);
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 5; pages += 1) {
      const { members }: { members: MembersPage } = await owner.client.run(Members, { first: 2, after });
      seen.push(...members.edges.map(({ node }) => node.user.id));
      after = members.pageInfo.endCursor ?? null;
      if (!members.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual([...newest, owner.id]);
  });

  interface MembersPage {
    edges: { node: { user: { id: string } } }[];
    pageInfo: { hasNextPage: boolean; endCursor?: string | null };
  }

  async function insertMembership(orgId: string, userId: string): Promise<void> {
    await app.database.query(
      'owner',
      `insert into membership (org_id, id, user_id, role, version, created_at, updated_at)
       values ($1, gen_random_uuid(), $2, 'member', 1, now() + interval '1 second', now())`,
      [orgId, userId],
    );
  }
});
