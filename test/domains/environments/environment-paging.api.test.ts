import fc from 'fast-check';
import { v7 } from 'uuid';
import { startTestApp, type TestApp } from '../../support/app.js';
import { createMember, createOwner, type Member } from '../../support/factories/organization.js';
import type { EnvironmentsPageQueryVariables } from '../../support/generated/graphql.js';
import { PageEnvironments } from './documents.js';

interface Row {
  id: string;
  owner: 'owner' | 'member';
  status: 'draft' | 'published' | 'archived';
  createdAtMs: number;
  deleted: boolean;
}

const rowCount = 40;
const baseMs = Date.UTC(2026, 0, 1);

/** Rows of which many were created in the same millisecond, so that the id has to decide. */
function makeRows(): Row[] {
  return Array.from({ length: rowCount }, (_, index) => ({
    id: v7(),
    owner: index % 3 === 0 ? 'owner' : 'member',
    status: (['published', 'draft', 'archived', 'published'] as const)[index % 4] ?? 'draft',
    createdAtMs: baseMs + ((index * 7) % 5),
    deleted: index % 9 === 8,
  }));
}

/** The order that is promised, told without SQL. */
function newestFirst(rows: Row[]): string[] {
  const sorted = rows.toSorted((a, b) => b.createdAtMs - a.createdAtMs || (a.id < b.id ? 1 : -1));
  return sorted.map(({ id }) => id);
}

describe('the list of environments', () => {
  const rows = makeRows();
  let app: TestApp;
  let readers: Record<'owner' | 'member', Member>;

  beforeAll(async () => {
    app = await startTestApp({ mode: 'api' });
    const owner = await createOwner(app);
    readers = { owner, member: await createMember(app, owner.orgId, 'member') };
    const records = rows.map(({ id, status, createdAtMs, deleted, ...row }) => ({
      org_id: owner.orgId,
      id,
      owner_id: readers[row.owner].id,
      name: id,
      description: '',
      status,
      revision: 1,
      created_at: new Date(createdAtMs).toISOString(),
      updated_at: new Date(createdAtMs).toISOString(),
      deleted_at: deleted ? new Date(createdAtMs).toISOString() : null,
    }));
    await app.database.query(
      'owner',
      'insert into environment select * from jsonb_populate_recordset(null::environment, $1::jsonb)',
      [JSON.stringify(records)],
    );
  });
  afterAll(() => app.stop());

  const page = async (reader: keyof typeof readers, variables: EnvironmentsPageQueryVariables) => {
    const { environments } = await readers[reader].client.run(PageEnvironments, variables);
    return { ...environments, ids: environments.edges.map(({ node }) => node.id) };
  };

  const expectedFor = (reader: keyof typeof readers) =>
    newestFirst(
      rows.filter(
        (row) => !row.deleted && (reader === 'owner' || row.owner === 'member' || row.status === 'published'),
      ),
    );

  /** Every cursor of the list, in its order. */
  async function cursorsOf(reader: keyof typeof readers): Promise<string[]> {
    return (await page(reader, { first: 100 })).edges.map(({ cursor }) => cursor);
  }

  it.each(['owner', 'member'] as const)(
    'shows everything that the %s may see, newest first',
    async (reader) => {
      expect((await page(reader, { first: 100 })).ids).toEqual(expectedFor(reader));
    },
  );

  it('shows 20 when nothing is said', async () => {
    expect((await page('owner', {})).ids).toEqual(expectedFor('owner').slice(0, 20));
  });

  it('is walked through to its end in pages of any sizes, forward and backward, without a gap or a repeat', async () => {
    const walk = fc.record({
      reader: fc.constantFrom('owner', 'member'),
      forward: fc.boolean(),
      sizes: fc.array(fc.integer({ min: 1, max: 13 }), { minLength: 1, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(walk, async ({ reader, forward, sizes }) => {
        const all = expectedFor(reader);
        const seen: string[] = [];
        let cursor: string | null = null;
        for (let step = 0; step <= all.length; step += 1) {
          const size = sizes[step % sizes.length] ?? 1;
          const variables: EnvironmentsPageQueryVariables = forward
            ? { first: size, after: cursor }
            : { last: size, before: cursor };
          const { ids, pageInfo, edges }: Awaited<ReturnType<typeof page>> = await page(reader, variables);
          expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
            edges[0]?.cursor,
            edges.at(-1)?.cursor,
          ]);
          if (forward) seen.push(...ids);
          else seen.unshift(...ids);
          if (!(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage)) break;
          cursor = (forward ? pageInfo.endCursor : pageInfo.startCursor) ?? null;
        }
        expect(seen).toEqual(all);
      }),
      { numRuns: 12 },
    );
  });

  it('gives from any place the same as cutting the whole list there', async () => {
    const all = expectedFor('member');
    const cursors = await cursorsOf('member');
    const request = fc.record({
      at: fc.option(fc.integer({ min: 0, max: all.length - 1 })),
      size: fc.integer({ min: 0, max: 30 }),
      forward: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(request, async ({ at, size, forward }) => {
        const cursor = at === null ? null : cursors[at];
        const { ids, pageInfo } = await page(
          'member',
          forward ? { first: size, after: cursor } : { last: size, before: cursor },
        );
        const rest = forward ? all.slice(at === null ? 0 : at + 1) : all.slice(0, at ?? all.length);
        expect(ids).toEqual(forward ? rest.slice(0, size) : rest.slice(Math.max(0, rest.length - size)));
        const more = forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage;
        expect(more).toBe(rest.length > size);
      }),
      { numRuns: 60 },
    );
  });

  it('goes on behind a cursor whose row is gone', async () => {
    const all = expectedFor('owner');
    const cursor = (await cursorsOf('owner'))[10];
    await app.database.query('owner', 'update environment set deleted_at = now() where id = $1', [all[10]]);
    try {
      expect((await page('owner', { first: 5, after: cursor })).ids).toEqual(all.slice(11, 16));
    } finally {
      await app.database.query('owner', 'update environment set deleted_at = null where id = $1', [all[10]]);
    }
  });

  it.each([
    ['a size below nothing', { first: -1 }, 'first'],
    ['a size over 100', { first: 101 }, 'first'],
    ['a size over 100, backward', { last: 101 }, 'last'],
    ['both directions', { first: 1, last: 1 }, 'last'],
  ])('is not given for %s', async (_what, variables, field) => {
    const { errors } = await readers.owner.client.send(PageEnvironments, variables);
    expect(errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field });
  });

  it('is not given behind a cursor of the wrong direction', async () => {
    const cursor = (await cursorsOf('owner'))[3] ?? '';
    for (const [variables, field] of [
      [{ last: 2, after: cursor }, 'after'],
      [{ first: 2, before: cursor }, 'before'],
    ] as const) {
      const { errors } = await readers.owner.client.send(PageEnvironments, variables);
      expect(errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field });
    }
  });

  describe('is not given behind a cursor that is none of its own', () => {
    const encode = (text: string) => Buffer.from(text).toString('base64url');
    const id = v7();

    it.each([
      ['nothing', ''],
      ['no base64', '!!!'],
      ['a number', encode('1')],
      ['no id', encode('abc.')],
      ['no uuid', encode('abc.def')],
      ['no time', encode(`.${id}`)],
      ['a negative time', encode(`-1.${id}`)],
      ['a time beyond all dates', encode(`zzzzzzzzzzz.${id}`)],
      ['a time in capitals', encode(`ABC.${id}`)],
      ['more than its two parts', encode(`abc.${id}.x`)],
      ['characters outside its alphabet', `${encode(`abc.${id}`)}!`],
      ['padding', `${encode(`abc.${id}`)}==`],
      ['a time with a leading zero', encode(`0abc.${id}`)],
      ['SQL', encode(`abc.${id}' or true --`)],
      ['NUL', encode(`abc.${id}\0`)],
      ['text with NUL', 'a\0b'],
      ['100 kB', 'A'.repeat(100_000)],
    ])('%s', async (_what, cursor) => {
      for (const variables of [{ after: cursor }, { before: cursor, last: 5 }]) {
        const code = await readers.owner.client.code(PageEnvironments, variables);
        expect(code).toBe(cursor.includes('\0') ? 'INPUT_INVALID' : 'CURSOR_INVALID');
      }
    });

    it('any text at all', async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          const code = await readers.owner.client.code(PageEnvironments, { after: encode(text) });
          expect(code).toBe('CURSOR_INVALID');
        }),
        { numRuns: 30 },
      );
    });
  });

  it('of another organization is not reached with a cursor of this one', async () => {
    const elsewhere = await createOwner(app);
    const cursor = (await cursorsOf('owner'))[0];
    const { environments } = await elsewhere.client.run(PageEnvironments, { after: cursor });
    expect(environments.edges).toEqual([]);
  });
});
