import { startTestApp, type TestApp } from '../../support/app.js';
import { createMember, createOwner, enter, type Member } from '../../support/factories/organization.js';
import type { EnvironmentFilter } from '../../support/generated/graphql.js';
import {
  ArchiveEnvironment,
  CreateEnvironment,
  DeleteEnvironment,
  GetEnvironment,
  PageEnvironments,
  PublishEnvironment,
  RestoreEnvironment,
  UnarchiveEnvironment,
  UpdateEnvironment,
} from './documents.js';

/** Everybody of one organization, and the states that the author's environments are in. */
const people = ['owner', 'admin', 'author', 'colleague', 'viewer', 'stranger'] as const;
type Who = (typeof people)[number];
const states = ['draft', 'published', 'archived', 'deleted draft', 'deleted published'] as const;
type State = (typeof states)[number];

/** Who sees and who changes the author's environments, written out. */
const manages: Who[] = ['owner', 'admin', 'author'];
const sees: Record<State, Who[]> = {
  draft: manages,
  published: [...manages, 'colleague', 'viewer'],
  archived: manages,
  'deleted draft': manages,
  'deleted published': manages,
};

describe('the environments of a member', () => {
  let app: TestApp;
  const members = {} as Record<Who, Member>;
  const ids = {} as Record<State, string>;

  beforeAll(async () => {
    app = await startTestApp({ mode: 'api' });
    const owner = await createOwner(app);
    Object.assign(members, {
      owner,
      admin: await createMember(app, owner.orgId, 'admin'),
      author: await createMember(app, owner.orgId, 'member'),
      colleague: await createMember(app, owner.orgId, 'member'),
      viewer: await createMember(app, owner.orgId, 'viewer'),
      stranger: await createOwner(app),
    });
    for (const state of states) ids[state] = await createIn(state);
  });
  afterAll(() => app.stop());

  async function createIn(state: State): Promise<string> {
    const { client } = members.author;
    const { createEnvironment } = await client.run(CreateEnvironment, { input: { name: state } });
    const input = { input: { id: createEnvironment.id } };
    if (state.includes('published')) await client.run(PublishEnvironment, input);
    if (state === 'archived') await client.run(ArchiveEnvironment, input);
    if (state.startsWith('deleted')) await client.run(DeleteEnvironment, input);
    return createEnvironment.id;
  }

  async function listed(who: Who, filter: EnvironmentFilter | null = null): Promise<string[]> {
    const { environments } = await members[who].client.run(PageEnvironments, { filter, first: 100 });
    return environments.edges.map(({ node }) => node.name);
  }

  const existing = states.filter((state) => !state.startsWith('deleted'));
  const deleted = states.filter((state) => state.startsWith('deleted'));
  const newestFirst = (names: readonly State[]) => [...names].reverse();

  describe.each(people)('as %s', (who) => {
    it.each(states)('that are %s are shown exactly when they may be seen', async (state) => {
      const answer = await members[who].client.send(GetEnvironment, { id: ids[state] });
      const expected = sees[state].includes(who) ? ids[state] : 'NOT_FOUND';
      expect(answer.data?.environment.id ?? answer.errors[0]?.extensions.code).toBe(expected);
    });

    it('are listed as far as they may be seen, the deleted ones apart', async () => {
      expect(await listed(who)).toEqual(newestFirst(existing.filter((state) => sees[state].includes(who))));
      const restorable = deleted.filter((state) => sees[state].includes(who));
      expect(await listed(who, { deleted: true })).toEqual(newestFirst(restorable));
      expect(await listed(who, { mine: true })).toEqual(who === 'author' ? newestFirst(existing) : []);
      const mineDeleted = await listed(who, { mine: true, deleted: true });
      expect(mineDeleted).toEqual(who === 'author' ? newestFirst(deleted) : []);
    });

    it('are listed by status', async () => {
      const visible = existing.filter((state) => sees[state].includes(who));
      const of = (...wanted: State[]) => newestFirst(visible.filter((state) => wanted.includes(state)));
      expect(await listed(who, { statuses: ['DRAFT'] })).toEqual(of('draft'));
      expect(await listed(who, { statuses: ['PUBLISHED', 'ARCHIVED'] })).toEqual(of('published', 'archived'));
      expect(await listed(who, { statuses: [] })).toEqual(newestFirst(visible));
      expect(await listed(who, { statuses: null, mine: null, deleted: null })).toEqual(newestFirst(visible));
    });

    it('are changed exactly by those who may: others are told no, or that there is nothing', async () => {
      const id = await createIn('draft');
      const shown = await createIn('published');
      const { client } = members[who];
      const may = manages.includes(who);
      const codes = async (of: string) => {
        const answers = [
          await client.send(UpdateEnvironment, { input: { id: of, expectedRevision: 99, name: 'x' } }),
          await client.send(PublishEnvironment, { input: { id: of } }),
          await client.send(ArchiveEnvironment, { input: { id: of } }),
          await client.send(UnarchiveEnvironment, { input: { id: of } }),
          await client.send(DeleteEnvironment, { input: { id: of } }),
          await client.send(RestoreEnvironment, { input: { id: of } }),
        ];
        return answers.map(({ errors }) => errors[0]?.extensions.code ?? 'done');
      };
      const done = ['EDIT_CONFLICT', ...Array<string>(5).fill('done')];
      const visible = sees.published.includes(who) ? 'FORBIDDEN' : 'NOT_FOUND';
      expect(await codes(id)).toEqual(may ? done : Array(6).fill('NOT_FOUND'));
      expect(await codes(shown)).toEqual(may ? done : Array(6).fill(visible));
      // What is deleted is not there for those who may not restore it, whatever it was before.
      const gone = await createIn('deleted published');
      const wrong = 'ENVIRONMENTS_WRONG_STATUS';
      const restored = [wrong, wrong, wrong, wrong, 'done', 'done'];
      expect(await codes(gone)).toEqual(may ? restored : Array(6).fill('NOT_FOUND'));
      await app.database.query('owner', 'delete from environment where id = any ($1)', [[id, shown, gone]]);
    });
  });

  it('cannot be changed, nor seen once deleted, by an author who has become a viewer', async () => {
    const author = await createMember(app, members.owner.orgId, 'member');
    const { createEnvironment } = await author.client.run(CreateEnvironment, {
      input: { name: 'Once mine' },
    });
    await app.database.query('owner', `update membership set role = 'viewer' where user_id = $1`, [
      author.id,
    ]);
    const viewer = await enter(app, author, members.owner.orgId, 'viewer');
    const { id } = createEnvironment;
    expect((await viewer.client.run(GetEnvironment, { id })).environment.id).toBe(id);
    expect(await viewer.client.code(PublishEnvironment, { input: { id } })).toBe('FORBIDDEN');
    expect(await viewer.client.code(CreateEnvironment, { input: { name: 'Another' } })).toBe('FORBIDDEN');
    await members.owner.client.run(DeleteEnvironment, { input: { id } });
    expect(await viewer.client.code(GetEnvironment, { id })).toBe('NOT_FOUND');
    expect(await viewer.client.code(RestoreEnvironment, { input: { id } })).toBe('NOT_FOUND');
    for (const filter of [{ deleted: true }, { deleted: true, mine: true }]) {
      const { environments } = await viewer.client.run(PageEnvironments, { filter });
      expect(environments.edges).toEqual([]);
    }
    await app.database.query('owner', 'delete from environment where id = $1', [id]);
  });
});
