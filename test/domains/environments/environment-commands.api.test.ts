import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { createMember, createOwner, type Member } from '../../support/factories/organization.js';
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

const steps = {
  publish: PublishEnvironment,
  archive: ArchiveEnvironment,
  unarchive: UnarchiveEnvironment,
  delete: DeleteEnvironment,
  restore: RestoreEnvironment,
};
type Step = keyof typeof steps;
const wrongStatus = 'ENVIRONMENTS_WRONG_STATUS';

describe('an environment', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ mode: 'api' });
  });
  afterAll(() => app.stop());

  const create = async (by: Member, input: { name: string; description?: string } = { name: 'Volcano' }) =>
    (await by.client.run(CreateEnvironment, { input })).createEnvironment;

  const show = async (by: Member, id: string) => (await by.client.run(GetEnvironment, { id })).environment;

  interface Stepped {
    status: string;
    revision: number;
    deletedAt?: string | null;
  }

  /** The code of a step, or what the environment is afterwards. */
  async function take(by: Member, step: Step, id: string) {
    const variables = { input: { id } };
    const answer = await by.client.send<Record<string, Stepped>, typeof variables>(steps[step], variables);
    const [value] = Object.values(answer.data ?? {});
    if (!value) return answer.errors[0]?.extensions.code ?? 'nothing';
    return `${value.status}${value.deletedAt ? ' deleted' : ''} ${value.revision}`;
  }

  const eventsOf = async (id: string) => {
    const sql = 'select type, payload from event where subject_id = $1 order by seq';
    return app.database.query<{ type: string; payload: Record<string, unknown> }>('owner', sql, [id]);
  };

  it('keeps what it was given', async () => {
    const owner = await createOwner(app);
    const given = { name: '  Vulkan 🌋 \u202eabc', description: 'é'.repeat(4000) };
    const { id } = await create(owner, given);
    expect(await show(owner, id)).toMatchObject({
      ...given,
      status: 'DRAFT',
      revision: 1,
      owner: { id: owner.id },
    });
  });

  describe('is created only with', () => {
    it.each([
      ['a name', { name: '' }, 'input.name'],
      ['a name of at most 120 characters', { name: 'x'.repeat(121) }, 'input.name'],
      ['a name without NUL', { name: 'a\0b' }, 'input.name'],
      ['a name of whole characters', { name: 'a\udfffb' }, 'input.name'],
      [
        'a description of at most 4,000 characters',
        { name: 'x', description: 'x'.repeat(4001) },
        'input.description',
      ],
      ['a description without NUL', { name: 'x', description: '\0' }, 'input.description'],
      ['a key that is not empty', { name: 'x', idempotencyKey: '' }, 'input.idempotencyKey'],
      [
        'a key of at most 255 characters',
        { name: 'x', idempotencyKey: 'k'.repeat(256) },
        'input.idempotencyKey',
      ],
    ])('%s', async (_what, input, field) => {
      const owner = await createOwner(app);
      const { errors } = await owner.client.send(CreateEnvironment, { input });
      expect(errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field });
    });

    it.each([
      '',
      ' ',
      "'; drop table environment; --",
      '\\',
      '%s',
      '${x}',
      '{{7*7}}',
      '\u2028',
      '👩‍👩‍👧‍👦',
      'x'.repeat(120),
    ])('any other text, kept as it is: %j', async (text) => {
      const owner = await createOwner(app);
      const { id } = await create(owner, { name: `-${text}`.slice(0, 120), description: text });
      expect(await show(owner, id)).toMatchObject({ name: `-${text}`.slice(0, 120), description: text });
    });
  });

  describe('created with an idempotency key', () => {
    it('is created once by 20 at once', async () => {
      const owner = await createOwner(app);
      const input = { name: 'Once', description: 'some', idempotencyKey: 'key' };
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => owner.client.run(CreateEnvironment, { input })),
      );
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      const { environments } = await owner.client.run(PageEnvironments, {});
      expect(environments.edges).toHaveLength(1);
      expect(await eventsOf(answers[0]?.createEnvironment.id ?? '')).toHaveLength(1);
    });

    it('gives the first answer after later changes, and undoes none of them', async () => {
      const owner = await createOwner(app);
      const input = { name: 'First', idempotencyKey: 'key' };
      const first = await owner.client.run(CreateEnvironment, { input });
      const { id } = first.createEnvironment;
      await owner.client.run(UpdateEnvironment, { input: { id, expectedRevision: 1, name: 'Second' } });
      await take(owner, 'publish', id);
      expect(await owner.client.run(CreateEnvironment, { input })).toEqual(first);
      expect(await show(owner, id)).toMatchObject({ name: 'Second', status: 'PUBLISHED', revision: 3 });
    });

    it('conflicts with other input, of which the order does not count', async () => {
      const owner = await createOwner(app);
      const first = await owner.client.run(CreateEnvironment, {
        input: { name: 'A', description: 'B', idempotencyKey: 'key' },
      });
      const reordered = { idempotencyKey: 'key', description: 'B', name: 'A' };
      expect(await owner.client.run(CreateEnvironment, { input: reordered })).toEqual(first);
      const other = { ...reordered, description: 'C' };
      expect(await owner.client.code(CreateEnvironment, { input: other })).toBe('IDEMPOTENCY_KEY_REUSED');
    });

    it('is another one for another person, another organization and another operation', async () => {
      const [owner, elsewhere] = [await createOwner(app), await createOwner(app)];
      const member = await createMember(app, owner.orgId, 'member');
      const input = { name: 'Same', idempotencyKey: 'key' };
      const made = [];
      for (const by of [owner, member, elsewhere])
        made.push((await by.client.run(CreateEnvironment, { input })).createEnvironment);
      expect(new Set(made.map(({ id }) => id)).size).toBe(3);
      expect(made[1]?.owner.id).toBe(member.id);
    });

    it('is not created when it fails, and the key is free for the next try', async () => {
      const owner = await createOwner(app);
      const input = { name: '', idempotencyKey: 'key' };
      expect(await owner.client.code(CreateEnvironment, { input })).toBe('INPUT_INVALID');
      await owner.client.run(CreateEnvironment, { input: { ...input, name: 'Now right' } });
    });
  });

  describe('is edited', () => {
    it('on the revision that the editor read; a slower edit is refused with the current one', async () => {
      const owner = await createOwner(app);
      const { id } = await create(owner);
      const edit = (expectedRevision: number, name: string) =>
        owner.client.send(UpdateEnvironment, { input: { id, expectedRevision, name } });
      expect((await edit(1, 'Second')).data?.updateEnvironment).toMatchObject({
        name: 'Second',
        revision: 2,
      });
      expect((await edit(1, 'Third')).errors[0]?.extensions).toEqual({
        code: 'EDIT_CONFLICT',
        currentRevision: 2,
      });
      expect((await edit(3, 'Third')).errors[0]?.extensions).toEqual({
        code: 'EDIT_CONFLICT',
        currentRevision: 2,
      });
      expect((await edit(0, 'Third')).errors[0]?.extensions.code).toBe('INPUT_INVALID');
    });

    it('by one of several at once', async () => {
      const owner = await createOwner(app);
      const { id } = await create(owner);
      const answers = await Promise.all(
        Array.from({ length: 8 }, (_, index) =>
          owner.client.send(UpdateEnvironment, { input: { id, expectedRevision: 1, name: `Edit ${index}` } }),
        ),
      );
      expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
      expect((await show(owner, id)).revision).toBe(2);
      expect(await eventsOf(id)).toHaveLength(2);
    });

    it('once with an idempotency key: a repeat gives the first answer, also after later edits', async () => {
      const owner = await createOwner(app);
      const { id } = await create(owner);
      const input = { id, expectedRevision: 1, name: 'Second', idempotencyKey: 'edit' };
      const [first, ...others] = await Promise.all(
        Array.from({ length: 5 }, () => owner.client.run(UpdateEnvironment, { input })),
      );
      expect(first?.updateEnvironment).toMatchObject({ name: 'Second', revision: 2 });
      for (const other of others) expect(other).toEqual(first);
      await owner.client.run(UpdateEnvironment, { input: { id, expectedRevision: 2, name: 'Third' } });
      expect(await owner.client.run(UpdateEnvironment, { input })).toEqual(first);
      expect(await show(owner, id)).toMatchObject({ name: 'Third', revision: 3 });
      expect(await eventsOf(id)).toHaveLength(3);
      const code = (changed: object) =>
        owner.client.code(UpdateEnvironment, { input: { ...input, ...changed } });
      expect(await code({ name: 'Other' })).toBe('IDEMPOTENCY_KEY_REUSED');
      expect(await code({ idempotencyKey: 'another' })).toBe('EDIT_CONFLICT');
      // The conflict left the key free.
      const anew = { ...input, expectedRevision: 3, idempotencyKey: 'another' };
      const { updateEnvironment } = await owner.client.run(UpdateEnvironment, { input: anew });
      expect(updateEnvironment).toMatchObject({ name: 'Second', revision: 4 });
    });

    it('in what is given only, and not at all when nothing changes', async () => {
      const owner = await createOwner(app);
      const { id } = await create(owner, { name: 'Name', description: 'Words' });
      const edit = async (
        input: { name?: string | null; description?: string | null },
        expectedRevision: number,
      ) =>
        (await owner.client.run(UpdateEnvironment, { input: { id, expectedRevision, ...input } }))
          .updateEnvironment;
      expect(await edit({ description: '' }, 1)).toMatchObject({
        name: 'Name',
        description: '',
        revision: 2,
      });
      expect(await edit({ name: 'Name' }, 2)).toMatchObject({ revision: 2 });
      expect(await edit({}, 2)).toMatchObject({ revision: 2 });
      expect(await edit({ name: null, description: null }, 2)).toMatchObject({ name: 'Name', revision: 2 });
      expect(await eventsOf(id)).toHaveLength(2);
    });
  });

  it.each<[Step[], string[]]>([
    [
      ['publish', 'publish'],
      ['PUBLISHED 2', 'PUBLISHED 2'],
    ],
    [
      ['archive', 'archive'],
      ['ARCHIVED 2', 'ARCHIVED 2'],
    ],
    [
      ['restore', 'unarchive'],
      ['DRAFT 1', 'DRAFT 1'],
    ],
    [
      ['archive', 'publish'],
      ['ARCHIVED 2', wrongStatus],
    ],
    [
      ['archive', 'unarchive', 'unarchive'],
      ['ARCHIVED 2', 'DRAFT 3', 'DRAFT 3'],
    ],
    [
      ['publish', 'archive', 'restore', 'unarchive'],
      ['PUBLISHED 2', 'ARCHIVED 3', 'ARCHIVED 3', 'PUBLISHED 4'],
    ],
    [
      ['delete', 'delete'],
      ['DRAFT deleted 2', 'DRAFT deleted 2'],
    ],
    [
      ['delete', 'publish', 'archive', 'unarchive'],
      ['DRAFT deleted 2', wrongStatus, wrongStatus, wrongStatus],
    ],
    [
      ['publish', 'delete', 'restore'],
      ['PUBLISHED 2', 'PUBLISHED deleted 3', 'PUBLISHED 4'],
    ],
    [
      ['archive', 'delete', 'unarchive', 'restore', 'restore', 'unarchive'],
      ['ARCHIVED 2', 'ARCHIVED deleted 3', wrongStatus, 'ARCHIVED 4', 'ARCHIVED 4', 'DRAFT 5'],
    ],
  ])('after %j is %j', async (taken, expected) => {
    const owner = await createOwner(app);
    const { id } = await create(owner);
    const seen = [];
    for (const step of taken) seen.push(await take(owner, step, id));
    expect(seen).toEqual(expected);
    // One event for each change, and none for what changed nothing.
    const revisions = (await eventsOf(id)).map(({ payload }) => payload['revision']);
    expect(revisions).toEqual(Array.from({ length: revisions.length }, (_, index) => index + 1));
    expect(revisions.at(-1)).toBe((await show(owner, id)).revision);
  });

  it('that is deleted cannot be edited', async () => {
    const owner = await createOwner(app);
    const { id } = await create(owner);
    await take(owner, 'delete', id);
    expect(
      await owner.client.code(UpdateEnvironment, { input: { id, expectedRevision: 2, name: 'x' } }),
    ).toBe(wrongStatus);
  });

  it('is published once by many at once', async () => {
    const owner = await createOwner(app);
    const { id } = await create(owner);
    const answers = await Promise.all(Array.from({ length: 8 }, () => take(owner, 'publish', id)));
    expect(new Set(answers)).toEqual(new Set(['PUBLISHED 2']));
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('needs an organization, and somebody signed in', async () => {
    const variables = { input: { name: 'Nowhere' } };
    expect(await createClient(app.url).code(CreateEnvironment, variables)).toBe('UNAUTHENTICATED');
    const owner = await createOwner(app);
    expect(await createClient(app.url).code(GetEnvironment, { id: owner.id })).toBe('UNAUTHENTICATED');
  });
});
