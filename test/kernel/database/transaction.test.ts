import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 } from 'uuid';
import { z } from 'zod';
import { entities } from '../../../src/app/entities.js';
import { Environment } from '../../../src/domains/environments/environment.entity.js';
import { systemActor, type UserActor } from '../../../src/kernel/actor.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { createContextFactory, type Context, type TransactionContext } from '../../../src/kernel/context.js';
import { openDatabase, type Database } from '../../../src/kernel/database/database.js';
import { defineEvent } from '../../../src/kernel/events/event.js';
import { uuidV7Ids } from '../../../src/kernel/ids.js';
import { createLogger } from '../../../src/kernel/logger.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const log = createLogger({ level: 'silent' });
const somethingHappened = defineEvent('test.happened.v1', z.object({}));

const settingsSql = `select coalesce(current_setting('app.org', true), '') as org,
  coalesce(current_setting('app.user', true), '') as user, pg_backend_pid() as pid`;

interface Settings {
  org: string;
  user: string;
  pid: number;
}

async function settingsOf(em: SqlEntityManager): Promise<Settings> {
  const [row] = await em.execute<Settings[]>(settingsSql);
  if (!row) throw new Error('no settings');
  return row;
}

describe('a transaction', () => {
  let server: TestDatabase;
  let database: Database;
  let committed: string[][];
  let contexts: ReturnType<typeof createContextFactory>;
  let accountId: string;
  beforeAll(async () => {
    server = await createTestDatabase();
    accountId = v7();
    await server.query(
      'app',
      `insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at, created_at, updated_at)
       values ($1, 'a@example.com', 'a@example.com', 'a', 'a', 'A', '', now(), now(), now())`,
      [accountId],
    );
  });
  afterAll(() => server.drop());

  async function open(poolSize: number): Promise<void> {
    database = await openDatabase({ url: server.url('app'), entities, log, poolSize });
    committed = [];
    const onEventsCommitted = (orgIds: string[]) => committed.push(orgIds);
    contexts = createContextFactory({ database, log, clock: systemClock, ids: uuidV7Ids, onEventsCommitted });
  }
  beforeEach(() => open(1));
  afterEach(() => database.close());

  const inOrg = (orgId: string | null) => contexts({ actor: systemActor('test'), orgId, requestId: 'test' });

  async function newOrg(): Promise<string> {
    const orgId = v7();
    await server.query(
      'owner',
      `insert into organization (id, name, created_at, updated_at) values ($1, '', now(), now())`,
      [orgId],
    );
    return orgId;
  }

  async function addEnvironment(tx: TransactionContext, name: string): Promise<string> {
    const id = tx.ids.next();
    await tx.em.execute(
      `insert into environment (org_id, id, owner_id, name, description, status, created_at, updated_at)
       values (?, ?, ?, ?, '', 'draft', now(), now())`,
      [tx.orgId, id, accountId, name],
    );
    return id;
  }

  const happened = (orgId: string) => somethingHappened({ orgId, subjectId: orgId, payload: {} });
  const names = async (ctx: Context) =>
    (await ctx.em.find(Environment, {}, { orderBy: { id: 'asc' } })).map((each) => each.name);
  const eventsOf = (orgId: string) => server.query('owner', 'select from event where org_id = $1', [orgId]);

  describe('and its settings', () => {
    it('end together: nothing stays on the pooled connection', async () => {
      const orgId = await newOrg();
      const membership = { orgId, role: 'owner', version: 1 } as const;
      const actor: UserActor = {
        kind: 'user',
        userId: accountId,
        sessionId: v7(),
        platformAdmin: false,
        membership,
      };
      const inside = await contexts({ actor, requestId: 'test' }).transaction((tx) => settingsOf(tx.em));
      expect(inside).toMatchObject({ org: orgId, user: accountId });
      expect(await settingsOf(database.orm.em.fork())).toEqual({ org: '', user: '', pid: inside.pid });
    });

    it('are also there for a single read, and gone after it', async () => {
      const orgId = await newOrg();
      const { pid, org } = await settingsOf(inOrg(orgId).em);
      expect(org).toBe(orgId);
      expect(await settingsOf(database.orm.em.fork())).toEqual({ org: '', user: '', pid });
    });

    it('are gone after a failure, too', async () => {
      const orgId = await newOrg();
      const ctx = inOrg(orgId);
      await expect(ctx.em.execute('select 1 / 0')).rejects.toThrow('division by zero');
      await expect(ctx.transaction((tx) => tx.em.execute('select 1 / 0'))).rejects.toThrow(
        'division by zero',
      );
      await expect(ctx.transaction(() => Promise.reject(new Error('of ours')))).rejects.toThrow('of ours');
      expect(await settingsOf(database.orm.em.fork())).toMatchObject({ org: '', user: '' });
    });

    it('keep two organizations apart that share one connection at the same time', async () => {
      const [a, b] = [await newOrg(), await newOrg()];
      const write = (orgId: string, name: string) =>
        inOrg(orgId).transaction((tx) => addEnvironment(tx, name));
      await Promise.all(Array.from({ length: 20 }, (_, i) => write(i % 2 ? a : b, i % 2 ? 'of a' : 'of b')));
      const pids = new Set<number>();
      const seen = await Promise.all(
        Array.from({ length: 40 }, async (_, i) => {
          const ctx = inOrg(i % 2 ? a : b);
          pids.add((await settingsOf(ctx.em)).pid);
          const read = i % 4 < 2 ? names(ctx) : ctx.transaction(names);
          return { own: i % 2 ? 'of a' : 'of b', read: await read };
        }),
      );
      for (const { own, read } of seen) expect(read).toEqual(Array<string>(10).fill(own));
      expect(pids.size).toBe(1);
    });

    it('show no row of anybody without an organization', async () => {
      const orgId = await newOrg();
      await inOrg(orgId).transaction((tx) => addEnvironment(tx, 'hidden'));
      expect(await names(inOrg(null))).toEqual([]);
      expect(await inOrg(null).transaction(names)).toEqual([]);
      expect(await inOrg(null).em.execute('select from environment')).toEqual([]);
      expect(await database.orm.em.fork().execute('select from environment')).toEqual([]);
    });

    it('refuse a row of another organization', async () => {
      const [a, b] = [await newOrg(), await newOrg()];
      const crossing = inOrg(b).transaction((tx) => addEnvironment({ ...tx, orgId: a }, 'smuggled'));
      await expect(crossing).rejects.toThrow('row-level security');
      const homeless = inOrg(null).transaction((tx) => addEnvironment({ ...tx, orgId: a }, 'smuggled'));
      await expect(homeless).rejects.toThrow('row-level security');
      expect(await names(inOrg(a))).toEqual([]);
    });
  });

  it('leaves nothing when it is rolled back, rows or events', async () => {
    const orgId = await newOrg();
    const failing = inOrg(orgId).transaction(async (tx) => {
      tx.emit(happened(orgId));
      await addEnvironment(tx, 'never');
      throw new Error('of ours');
    });
    await expect(failing).rejects.toThrow('of ours');
    expect(await names(inOrg(orgId))).toEqual([]);
    expect(await eventsOf(orgId)).toEqual([]);
    expect(committed).toEqual([]);
  });

  it('commits rows and events together, and then wakes the relay once for each stream', async () => {
    const [orgId, other] = [await newOrg(), '00000000-0000-0000-0000-000000000000'];
    await inOrg(orgId).transaction(async (tx) => {
      for (const stream of [orgId, other, orgId]) tx.emit(happened(stream));
      await addEnvironment(tx, 'kept');
      expect(committed).toEqual([]);
    });
    expect(await names(inOrg(orgId))).toEqual(['kept']);
    expect(await eventsOf(orgId)).toHaveLength(2);
    expect(committed).toEqual([[orgId, other]]);
  });

  describe('inside another', () => {
    it('joins it: the rows and events of both end with the outer one', async () => {
      const orgId = await newOrg();
      const failing = inOrg(orgId).transaction(async (tx) => {
        await tx.transaction(async (inner) => {
          expect(inner.em).toBe(tx.em);
          inner.emit(happened(orgId));
          await addEnvironment(inner, 'nested');
        });
        expect(await names(tx)).toEqual(['nested']);
        throw new Error('of ours');
      });
      await expect(failing).rejects.toThrow('of ours');
      expect(await names(inOrg(orgId))).toEqual([]);
      expect(await eventsOf(orgId)).toEqual([]);
    });

    it('cannot be of another organization', async () => {
      const orgId = await newOrg();
      await inOrg(orgId).transaction((tx) => {
        expect(() => tx.inOrg(v7())).toThrow('before the transaction begins');
        return Promise.resolve();
      });
    });
  });

  describe('is repeated', () => {
    const raise = (state: string) =>
      `do $$ begin raise exception 'made up' using errcode = '${state}'; end $$`;

    it.each(['40001', '40P01'])('after %s, with nothing kept from the first try', async (state) => {
      const orgId = await newOrg();
      let tries = 0;
      const result = await inOrg(orgId).transaction(async (tx) => {
        tries += 1;
        tx.emit(happened(orgId));
        await addEnvironment(tx, `try ${tries}`);
        if (tries < 3) await tx.em.execute(raise(state));
        return tries;
      });
      expect(result).toBe(3);
      expect(await names(inOrg(orgId))).toEqual(['try 3']);
      expect(await eventsOf(orgId)).toHaveLength(1);
      expect(committed).toEqual([[orgId]]);
    });

    it('with entities as the database has them, not as the first try left them', async () => {
      const orgId = await newOrg();
      const id = await inOrg(orgId).transaction((tx) => addEnvironment(tx, 'first'));
      const read: string[] = [];
      await inOrg(orgId).transaction(async (tx) => {
        const environment = await tx.em.findOneOrFail(Environment, { id });
        read.push(environment.name);
        environment.name = 'changed';
        await tx.em.flush();
        if (read.length < 2) await tx.em.execute(raise('40001'));
      });
      expect(read).toEqual(['first', 'first']);
      expect(await names(inOrg(orgId))).toEqual(['changed']);
    });

    it('four times at most', async () => {
      let tries = 0;
      const failing = inOrg(null).transaction(async (tx) => {
        tries += 1;
        await tx.em.execute(raise('40001'));
      });
      await expect(failing).rejects.toMatchObject({ code: '40001' });
      expect(tries).toBe(4);
    });

    it.each(['23505', '23503', '57014', '55P03', '42501', 'P0001'])('not after %s', async (state) => {
      let tries = 0;
      const failing = inOrg(null).transaction(async (tx) => {
        tries += 1;
        await tx.em.execute(raise(state));
      });
      await expect(failing).rejects.toMatchObject({ code: state });
      expect(tries).toBe(1);
    });

    it('after a real deadlock, until both are through', async () => {
      await database.close();
      await open(2);
      const orgId = await newOrg();
      const ids = await inOrg(orgId).transaction(async (tx) => [
        await addEnvironment(tx, '0'),
        await addEnvironment(tx, '0'),
      ]);
      const increase = `update environment set revision = revision + 1 where org_id = ? and id = ?`;
      let tries = 0;
      let bothHoldOne: () => void = () => undefined;
      const met = new Promise<void>((resolve) => {
        bothHoldOne = resolve;
      });
      const run = (order: string[]) =>
        inOrg(orgId).transaction(async (tx) => {
          const attempt = (tries += 1);
          await tx.em.execute(increase, [orgId, order[0]]);
          if (attempt === 2) bothHoldOne();
          if (attempt <= 2) await met;
          await tx.em.execute(increase, [orgId, order[1]]);
        });
      await Promise.all([run(ids), run(ids.toReversed())]);
      expect(tries).toBe(3);
      const environments = await inOrg(orgId).em.find(Environment, {});
      expect(environments.map(({ revision }) => revision)).toEqual([3, 3]);
    });
  });
});
