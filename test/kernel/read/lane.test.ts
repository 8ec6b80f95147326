import { parse } from 'graphql';
import { buildGraphqlSchema } from '../../../src/app/graphql-schema.js';
import { accountReads } from '../../../src/domains/accounts/index.js';
import { environmentReads } from '../../../src/domains/environments/index.js';
import { organizationReads } from '../../../src/domains/organizations/index.js';
import { anonymous, type UserActor } from '../../../src/kernel/actor.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { createLogger } from '../../../src/kernel/logger.js';
import { createLane, type Lane } from '../../../src/kernel/read/lane.js';
import { createReadPool, type ReadPool } from '../../../src/kernel/read/read-pool.js';
import { createReadWorld, type ReadWorld } from './read-world.js';

const schema = buildGraphqlSchema([]);
const log = createLogger({ level: 'silent' });
const roots = [...accountReads, ...organizationReads, ...environmentReads];

describe('the read lane', () => {
  let world: ReadWorld;
  let pool: ReadPool;
  let lane: Lane;
  let actor: UserActor;
  /** The text of each statement that was sent. */
  let sent: string[];
  let answeredBefore: number;
  beforeAll(async () => {
    world = await createReadWorld();
    const [{ orgId, userId }] = world.orgs;
    actor = {
      kind: 'user',
      userId,
      sessionId: userId,
      platformAdmin: false,
      membership: { orgId, role: 'owner', version: 1 },
    };
    pool = createReadPool({ url: world.database.url('app'), size: 1, log });
    await pool.open();
    const watched: ReadPool = {
      ...pool,
      read(scope, statement, values) {
        sent.push(statement.text);
        return pool.read(scope, statement, values);
      },
    };
    lane = createLane({ schema, roots, pool: watched, clock: systemClock, orgPredicates: true, log });
  });
  beforeEach(() => {
    sent = [];
    answeredBefore = lane.answered;
  });
  afterAll(async () => {
    await pool.close();
    await world.database.drop();
  });

  async function ask(
    query: string,
    variables: Record<string, unknown> | null = null,
    { name = null, as = actor }: { name?: string | null; as?: UserActor | typeof anonymous } = {},
  ): Promise<unknown> {
    const json = await lane.prepare(parse(query), name)?.run(as, variables);
    return json == null ? null : JSON.parse(json);
  }

  it('answers several fields, each by a read of its own', async () => {
    const [{ orgId, userId }] = world.orgs;
    expect(await ask('{ me { id } kind: __typename organization { id name } }')).toEqual({
      me: { id: userId },
      kind: 'Query',
      organization: { id: orgId, name: orgId },
    });
    expect(sent).toHaveLength(2);
  });

  it('gives pages one after the other, both ways', async () => {
    const [{ environmentIds }] = world.orgs;
    const newestFirst = environmentIds.toSorted().reverse();
    const page = `{ edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } }`;
    const query = `query($first: Int, $after: String, $last: Int, $before: String) {
      environments(first: $first, after: $after, last: $last, before: $before) ${page} }`;
    interface Page {
      edges: { cursor: string; node: { id: string } }[];
      pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string };
    }
    const read = async (variables: object) =>
      ((await ask(query, { ...variables })) as { environments: Page }).environments;
    const ids = ({ edges }: Page) => edges.map(({ node }) => node.id);
    const first = await read({ first: 4 });
    const second = await read({ first: 4, after: first.pageInfo.endCursor });
    const back = await read({ last: 2, before: second.edges[0]?.cursor });
    expect([ids(first), ids(second), ids(back)]).toEqual([
      newestFirst.slice(0, 4),
      newestFirst.slice(4),
      newestFirst.slice(2, 4),
    ]);
    expect(
      [first, second, back].map(({ pageInfo }) => [pageInfo.hasNextPage, pageInfo.hasPreviousPage]),
    ).toEqual([
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  it('joins what is asked for twice once', async () => {
    const node = 'owner { id } again: owner { name } ... { owner { username } }';
    expect(await ask(`{ environments(first: 1) { edges { node { ${node} } } } }`)).not.toBeNull();
    expect(sent[0]?.split(' join ')).toHaveLength(2);
  });

  it('counts what it has answered', async () => {
    await ask('{ me { id } }');
    await ask('{ errorCodes { code } }');
    expect(lane.answered).toBe(answeredBefore + 1);
  });

  it.each([
    ['a mutation', 'mutation { signOut }'],
    ['a subscription', 'subscription { feed { cursor } }'],
    ['a field that it does not know, before it reads another', '{ me { id } errorCodes { code } }'],
    ['an operation without a name among several', 'query A { me { id } } query B { me { id } }'],
    ['more than sixteen reads', `{ ${Array.from({ length: 17 }, (_, n) => `m${n}: me { id }`).join(' ')} }`],
    ['a page that is too large', '{ me { id } environments(first: 101) { pageInfo { hasNextPage } } }'],
    ['a cursor that no list made', '{ environments(after: "x") { pageInfo { hasNextPage } } }'],
    ['deleted environments', '{ environments(filter: { deleted: true }) { pageInfo { hasNextPage } } }'],
  ])('declines %s', async (_, query) => {
    expect(await ask(query)).toBeNull();
    expect([sent, lane.answered]).toEqual([[], answeredBefore]);
  });

  it('answers sixteen reads', async () => {
    const query = `{ ${Array.from({ length: 16 }, (_, n) => `m${n}: me { id }`).join(' ')} }`;
    expect(await ask(query)).toHaveProperty('m15');
  });

  it('declines what has no row, whose error the resolvers know', async () => {
    expect(await ask(`{ environment(id: "${world.orgs[1].environmentIds[0]}") { id } }`)).toBeNull();
  });

  it('declines for whoever is not signed in or has no organization active', async () => {
    expect(await ask('{ me { id } }', null, { as: anonymous })).toBeNull();
    const homeless = { ...actor, membership: null };
    expect(await ask('{ organization { id } }', null, { as: homeless })).toBeNull();
    expect(await ask('{ me { id } }', null, { as: homeless })).not.toBeNull();
  });

  it('takes the operation of the name, and none for a name that is empty or unknown', async () => {
    const query = 'query A { me { id } } query B { organization { id } }';
    expect(await ask(query, null, { name: 'B' })).toHaveProperty('organization');
    expect(await ask('query A { me { id } }', null, { name: '' })).toBeNull();
    expect(await ask(query, null, { name: 'C' })).toBeNull();
  });

  it('declines variables that are not of their type', async () => {
    const query = 'query($id: UUID!) { environment(id: $id) { id } }';
    expect([await ask(query), await ask(query, { id: 'x' })]).toEqual([null, null]);
  });

  it('plans anew for each outcome of @include and @skip, and declines a null there', async () => {
    const query = 'query($v: Boolean = false) { me { id name @include(if: $v) username @skip(if: $v) } }';
    const prepared = lane.prepare(parse(query), null);
    const keys = async (variables: Record<string, unknown>) => {
      const json = await prepared?.run(actor, variables);
      return json == null ? null : Object.keys((JSON.parse(json) as { me: object }).me);
    };
    expect(await keys({})).toEqual(['id', 'username']);
    expect(await keys({ v: true })).toEqual(['id', 'name']);
    expect(await keys({ v: null })).toBeNull();
  });

  it('keeps sixteen such plans of an operation', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const fields = names.map((name) => `${name}: id @include(if: $${name})`);
    const query = `query(${names.map((name) => `$${name}: Boolean!`).join(' ')}) { me { ${fields.join(' ')} } }`;
    const prepared = lane.prepare(parse(query), null);
    let answered = 0;
    for (let bits = 0; bits < 32; bits += 1) {
      const variables = Object.fromEntries(names.map((name, bit) => [name, ((bits >> bit) & 1) === 1]));
      if ((await prepared?.run(actor, variables)) != null) answered += 1;
    }
    expect(answered).toBe(16);
  });

  it('looks at no condition of another operation', async () => {
    const query = 'query A($v: Boolean!) { me { id @include(if: $v) } } query B { me { id } }';
    expect(await ask(query, {}, { name: 'B' })).not.toBeNull();
  });

  it('declines when the read fails', async () => {
    const closed = createReadPool({ url: world.database.url('app'), size: 1, log });
    const cut = createLane({ schema, roots, pool: closed, clock: systemClock, orgPredicates: true, log });
    expect(await cut.prepare(parse('{ me { id } }'), null)?.run(actor, null)).toBeNull();
    expect(cut.answered).toBe(0);
  });
});
