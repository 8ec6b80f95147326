import pg from 'pg';
import { v7 } from 'uuid';
import { openRelayPool } from '../../../src/app/infrastructure.js';
import type { Infrastructure } from '../../../src/app/infrastructure.js';
import { shardOf } from '../../../src/kernel/events/shards.js';
import type { StoredEvent } from '../../../src/kernel/events/event.js';
import { waitFor } from '../../support/wait-for.js';
import { createEventWorld, emit, numberOf, quiet, upTo, type EventWorld } from './event-world.js';

interface LogRow {
  seq: string;
  position: string | null;
  subject_id: string;
  payload: { n: number };
}

/** A stream of the shard. */
function orgInShard(shard: number): string {
  for (;;) {
    const orgId = v7();
    if (shardOf(orgId) === shard) return orgId;
  }
}

describe('the relay', () => {
  let world: EventWorld;
  let node: Infrastructure;
  beforeAll(async () => {
    world = await createEventWorld();
    node = await world.node();
  });
  afterEach(() => world.stopRelays());
  afterAll(() => world.close());

  const rowsOf = (orgId: string) =>
    world.database.query<LogRow>(
      'owner',
      'select seq, position, subject_id, payload from event where org_id = $1 order by seq',
      [orgId],
    );
  const unpublished = async () => {
    const [row] = await world.database.query<{ n: number }>(
      'owner',
      'select count(*)::int as n from event where position is null',
    );
    return row?.n;
  };
  const allPublished = () => waitFor(async () => (await unpublished()) === 0, { timeoutMs: 15_000 });

  it('gives the events of each stream dense positions in the order of their transactions', async () => {
    const [first, second] = [v7(), v7()];
    for (let n = 1; n <= 5; n += 1) {
      await emit(node, first, [n]);
      await emit(node, second, [n, n + 100]);
    }
    world.relay(node).start();
    await allPublished();
    expect((await rowsOf(first)).map(({ position }) => Number(position))).toEqual(upTo(5));
    expect((await node.eventLog.read(second, 0n, 100)).map(numberOf)).toEqual([
      1, 101, 2, 102, 3, 103, 4, 104, 5, 105,
    ]);
    expect(await node.eventLog.state(second)).toEqual({ head: 10n, trimmed: 0n });
  });

  it('goes on until more events than one batch holds are published', async () => {
    const orgId = v7();
    await emit(node, orgId, upTo(1201));
    const hints: bigint[] = [];
    const off = node.bus.onPublished(({ position }) => hints.push(position));
    world.relay(node).start();
    await allPublished();
    off();
    expect((await node.eventLog.read(orgId, 0n, 2000)).map(numberOf)).toEqual(upTo(1201));
    expect(hints).toEqual([500n, 1000n, 1201n]);
  });

  it('keeps the order of each subject with three relays against eight writers', async () => {
    const orgId = v7();
    const subjects = Array.from({ length: 8 }, () => v7());
    const enqueued: StoredEvent[] = [];
    for (let index = 0; index < 3; index += 1) {
      const enqueueConsumers = (_client: pg.PoolClient, events: StoredEvent[]) => {
        enqueued.push(...events);
        return Promise.resolve();
      };
      world.relay(await world.node(), { bus: node.bus, enqueueConsumers }).start();
    }
    await Promise.all(
      subjects.map(async (subjectId) => {
        for (const n of upTo(40)) await emit(node, orgId, [n], { subjectId });
      }),
    );
    await allPublished();
    const events = await node.eventLog.read(orgId, 0n, 1000);
    expect(events.map(({ position }) => Number(position))).toEqual(upTo(320));
    for (const subjectId of subjects) {
      expect(events.filter((event) => event.subjectId === subjectId).map(numberOf)).toEqual(upTo(40));
    }
    expect(enqueued.map(({ id }) => id).sort()).toEqual(events.map(({ id }) => id).sort());
  });

  it('publishes what was committed while no relay was running, without being told', async () => {
    const orgId = v7();
    await emit(node, orgId, [1, 2, 3]);
    expect(await unpublished()).toBe(3);
    world.relay(node).start();
    await allPublished();
    expect((await node.eventLog.read(orgId, 0n, 10)).map(numberOf)).toEqual([1, 2, 3]);
  });

  it('finds by polling what no wake announced', async () => {
    const orgId = v7();
    world.relay(node).start();
    await waitFor(async () => {
      await emit(node, orgId, [1]);
      return (await unpublished()) === 0;
    });
    const deaf = await world.node();
    await emit(deaf, orgId, [99]);
    await allPublished();
    expect((await node.eventLog.read(orgId, 0n, 1000)).map(numberOf)).toContain(99);
  });

  it('takes positions and jobs back together when the jobs cannot be created', async () => {
    const orgId = v7();
    let attempts = 0;
    await world.database.query('owner', 'create table effect (event_id uuid)');
    await world.database.query('owner', 'grant insert on effect to toolbox_relay');
    await emit(node, orgId, [1, 2]);
    const relay = world.relay(node, {
      enqueueConsumers: async (client, events) => {
        attempts += 1;
        for (const { id } of events) await client.query('insert into effect values ($1)', [id]);
        if (attempts === 1) throw new Error('the queue is gone');
      },
    });
    relay.start();
    await allPublished();
    const effects = await world.database.query<{ event_id: string }>('owner', 'select event_id from effect');
    const events = await node.eventLog.read(orgId, 0n, 10);
    expect(attempts).toBe(2);
    expect(events.map(({ position }) => position)).toEqual([1n, 2n]);
    expect(effects.map((row) => row.event_id)).toEqual(events.map(({ id }) => id));
  });

  it('publishes the other shards although one keeps failing', async () => {
    const [failing, ...others] = [0, 5, 15].map(orgInShard) as [string, ...string[]];
    for (const orgId of [failing, ...others]) await emit(node, orgId, [1]);
    world
      .relay(node, {
        enqueueConsumers: (_client, events) =>
          events.some(({ orgId }) => orgId === failing) ? Promise.reject(new Error('no')) : Promise.resolve(),
      })
      .start();
    await waitFor(async () => (await unpublished()) === 1);
    expect((await rowsOf(failing)).map(({ position }) => position)).toEqual([null]);
    for (const orgId of others) expect(await node.eventLog.state(orgId)).toMatchObject({ head: 1n });
  });

  it('goes on with the next batch when the bus does not take its hints', async () => {
    const orgId = v7();
    await emit(node, orgId, upTo(600));
    const failures: string[] = [];
    const log = { ...quiet, error: (_fields: object | string, message = '') => void failures.push(message) };
    const bus = { ...node.bus, publish: () => Promise.reject(new Error('the bus is gone')) };
    world.relay(node, { bus, log }).start();
    await allPublished();
    expect((await node.eventLog.state(orgId)).head).toBe(600n);
    expect(failures).toEqual([]);
  });

  it('leaves a shard alone that another relay holds, and takes it when that one dies', async () => {
    const orgId = v7();
    await emit(node, orgId, [1]);
    const holder = new pg.Client({ connectionString: world.database.url('relay') });
    holder.on('error', () => undefined);
    await holder.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock($1, $2)', [0x7462_7872, shardOf(orgId)]);
    const elsewhere = orgInShard((shardOf(orgId) + 1) % 16);
    await emit(node, elsewhere, [1]);
    world.relay(node).start();
    await waitFor(async () => (await node.eventLog.state(elsewhere)).head === 1n);
    expect(await unpublished()).toBe(1);
    const { rows } = await holder.query<{ pid: number }>('select pg_backend_pid() as pid');
    await world.database.query('superuser', 'select pg_terminate_backend($1)', [rows[0]?.pid]);
    await allPublished();
    await holder.end();
  });

  it('takes over the shard of one that goes silent in its transaction, whose connection stays', async () => {
    const orgId = v7();
    await emit(node, orgId, [1]);
    const silent = openRelayPool(world.database.url('relay'), quiet, 200);
    const holder = await silent.connect();
    await holder.query('begin');
    await holder.query('select pg_advisory_xact_lock($1, $2)', [0x7462_7872, shardOf(orgId)]);
    world.relay(node).start();
    await allPublished();
    await expect(holder.query('select 1')).rejects.toThrow();
    holder.release(true);
    await silent.end();
    expect((await node.eventLog.state(orgId)).head).toBe(1n);
  });

  it('gives a shard with little to publish its turn between the batches of busy ones', async () => {
    const [first, second, small] = [0, 1, 2].map(orgInShard) as [string, string, string];
    for (const orgId of [first, second]) await emit(node, orgId, upTo(1600));
    await emit(node, small, [1]);
    const batches: (string | undefined)[] = [];
    const enqueueConsumers = (_client: pg.PoolClient, events: StoredEvent[]) => {
      batches.push(events[0]?.orgId);
      return Promise.resolve();
    };
    world.relay(node, { enqueueConsumers }).start();
    await allPublished();
    expect(batches).toHaveLength(9);
    expect(batches.indexOf(small)).toBeLessThan(4);
    for (const orgId of [first, second]) {
      expect((await node.eventLog.read(orgId, 0n, 2000)).map(numberOf)).toEqual(upTo(1600));
    }
  });

  it('does not wait for the bus before the next batch', async () => {
    const orgId = v7();
    await emit(node, orgId, upTo(1100));
    const taken = Promise.withResolvers<undefined>();
    let notices = 0;
    const publish = () => {
      notices += 1;
      return taken.promise;
    };
    const relay = world.relay(node, { bus: { ...node.bus, publish } });
    relay.start();
    await allPublished();
    expect(notices).toBe(3);
    taken.resolve(undefined);
    await relay.stop();
  });

  it('raises the epoch with the first connection after a restore, to a number that no other restore gives', async () => {
    const orgId = v7();
    world.relay(node).start();
    await emit(node, orgId, [1]);
    await allPublished();
    const before = await node.eventLog.epoch();
    await world.database.query('owner', `update event_epoch set epoch = 7, identity = 'another server'`);
    await world.database.query(
      'superuser',
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'toolbox-relay' and datname = $1`,
      [world.database.name],
    );
    const after = await waitFor(async () => {
      const epoch = await node.eventLog.epoch();
      return epoch > 7 && epoch;
    });
    expect(after).toBeGreaterThanOrEqual(before);
    expect(Math.abs(after - Date.now() / 1000)).toBeLessThan(60);
    const identity = `select identity from event_epoch`;
    const [row] = await world.database.query<{ identity: string }>('owner', identity);
    expect(row?.identity).toMatch(/^\d+\/0000000\d\/\d+$/);
    await world.database.query('relay', 'select event_epoch_refresh()');
    expect(await node.eventLog.epoch()).toBe(after);
  });

  it('has a login that can publish an event, and change nothing else about it', async () => {
    await world.database.query('relay', 'update event set position = null, published_at = null where false');
    for (const column of ['payload', 'audience', 'user_id', 'org_id', 'type', 'seq']) {
      const sql = `update event set ${column} = ${column} where false`;
      await expect(world.database.query('relay', sql)).rejects.toThrow('permission denied');
    }
  });

  it('loses and doubles nothing while its connections are cut again and again', async () => {
    const orgId = v7();
    const pool = openRelayPool(world.database.url('relay'), quiet);
    const relay = world.relay(node, { pool });
    relay.start();
    const cut = async () => {
      const sql = `select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'toolbox-relay' and datname = $1`;
      return (await world.database.query('superuser', sql, [world.database.name])).length;
    };
    let cuts = 0;
    for (let n = 1; n <= 60; n += 1) {
      await emit(node, orgId, [n]);
      if (n % 4 === 0) cuts += await cut();
    }
    await allPublished();
    const events = await node.eventLog.read(orgId, 0n, 1000);
    expect(cuts).toBeGreaterThan(5);
    expect(events.map(numberOf)).toEqual(upTo(60));
    expect(events.map(({ position }) => Number(position))).toEqual(upTo(60));
  });

  it('finishes the batch at hand when it is stopped, and publishes nothing after', async () => {
    const orgId = v7();
    await emit(node, orgId, [1]);
    let enter: () => void = () => undefined;
    let leave: () => void = () => undefined;
    const entered = new Promise<void>((resolve) => (enter = resolve));
    const left = new Promise<void>((resolve) => (leave = resolve));
    const relay = world.relay(node, {
      enqueueConsumers: () => {
        enter();
        return left;
      },
    });
    relay.start();
    await entered;
    const stopped = relay.stop();
    leave();
    await stopped;
    expect(await unpublished()).toBe(0);
    await emit(node, orgId, [2]);
    await relay.pool.end();
    expect(await unpublished()).toBe(1);
  });
});
