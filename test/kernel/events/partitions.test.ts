import pg from 'pg';
import { v7 } from 'uuid';
import type { Infrastructure } from '../../../src/app/infrastructure.js';
import { systemActor } from '../../../src/kernel/actor.js';
import { maintainEventLog } from '../../../src/kernel/events/maintain-event-log.js';
import { shardOf } from '../../../src/kernel/events/shards.js';
import { uuidFloor } from '../../../src/kernel/ids.js';
import { waitFor } from '../../support/wait-for.js';
import { createEventWorld, emit, numberOf, type EventWorld } from './event-world.js';

const dayMs = 24 * 3600 * 1000;

function day(offset: number): Date {
  return new Date(Math.floor(Date.now() / dayMs) * dayMs + offset * dayMs);
}

function nameOf(offset: number): string {
  return `event_${day(offset).toISOString().slice(0, 10).replaceAll('-', '')}`;
}

describe('the partitions of the event log', () => {
  let world: EventWorld;
  let node: Infrastructure;
  beforeAll(async () => {
    world = await createEventWorld();
    node = await world.node();
  });
  afterEach(() => world.stopRelays());
  afterAll(() => world.close());

  const owner = <R extends object>(sql: string, params: unknown[] = []) =>
    world.database.query<R>('owner', sql, params);

  async function partitions(): Promise<string[]> {
    const rows = await owner<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
       where i.inhparent = 'event'::regclass order by 1`,
    );
    return rows.map(({ name }) => name);
  }

  /** A partition of a day that is over, as an earlier run would have made it. */
  async function pastPartition(offset: number): Promise<void> {
    const name = nameOf(offset);
    await owner(`create table ${name} (like event including all)`);
    await owner(`alter table ${name} enable row level security, force row level security`);
    const bounds = `('${uuidFloor(day(offset))}') to ('${uuidFloor(day(offset + 1))}')`;
    await owner(`alter table event attach partition ${name} for values from ${bounds}`);
  }

  async function insertAt(orgId: string, time: Date, position: number | null): Promise<void> {
    const id = v7({ msecs: time.getTime() });
    await owner(
      `insert into event (org_id, id, shard, audience, type, subject_id, payload, occurred_at, position)
       values ($1, $2, $3, 'org', 'test.noted.v1', $1, '{"n": 1}', $4, $5)`,
      [orgId, id, shardOf(orgId), time, position],
    );
  }

  async function call(fn: 'ensure' | 'drop', days: number): Promise<number> {
    const [row] = await world.database.query<{ n: number }>('app', `select event_partition_${fn}($1) as n`, [
      days,
    ]);
    return row?.n ?? -1;
  }

  it('stand ready for yesterday, today and the days to come, and are made once', async () => {
    const names = await partitions();
    expect(names).toEqual(expect.arrayContaining([nameOf(-1), nameOf(0), nameOf(14), 'event_default']));
    expect(await call('ensure', 14)).toBe(0);
    expect(await call('ensure', 16)).toBe(2);
    expect(await partitions()).toEqual(expect.arrayContaining([nameOf(15), nameOf(16)]));
  });

  it('take each event on the day of its id, and the default takes what has no day', async () => {
    const orgId = v7();
    await insertAt(orgId, new Date(day(0).getTime() + 1), 1);
    await insertAt(orgId, new Date(day(1).getTime() - 1), 2);
    await insertAt(orgId, day(1), 3);
    await insertAt(orgId, day(400), 4);
    const rows = await owner<{ name: string }>(
      'select tableoid::regclass::text as name from event where org_id = $1 order by position',
      [orgId],
    );
    expect(rows.map(({ name }) => name)).toEqual([nameOf(0), nameOf(0), nameOf(1), 'event_default']);
  });

  it('leave a day to the default that it already holds events of', async () => {
    const orgId = v7();
    await insertAt(orgId, day(18), 1);
    expect(await call('ensure', 19)).toBeGreaterThan(0);
    const names = await partitions();
    expect(names).toContain(nameOf(19));
    expect(names).not.toContain(nameOf(18));
    expect(await node.eventLog.read(orgId, 0n, 10)).toHaveLength(1);
  });

  it('past retention are dropped, and each stream says up to where it is trimmed', async () => {
    const [long, short] = [v7(), v7()];
    await pastPartition(-40);
    await pastPartition(-39);
    await pastPartition(-30);
    for (const [offset, position] of [
      [-40, 1],
      [-39, 2],
      [-30, 3],
    ] as const) {
      await insertAt(long, day(offset), position);
    }
    await insertAt(short, day(-40), 1);
    await owner('insert into event_stream (org_id, position) values ($1, 3), ($2, 1)', [long, short]);
    expect([await call('drop', 30), await call('drop', 30), await call('drop', 30)]).toEqual([1, 1, 0]);
    expect(await node.eventLog.state(long)).toEqual({ head: 3n, trimmed: 2n });
    expect(await node.eventLog.state(short)).toEqual({ head: 1n, trimmed: 1n });
    expect((await node.eventLog.read(long, 0n, 10)).map(({ position }) => position)).toEqual([3n]);
    expect(await partitions()).toContain(nameOf(-30));
  });

  it('with unpublished events are kept, with their protection, until these are published', async () => {
    const orgId = v7();
    await pastPartition(-40);
    await insertAt(orgId, day(-40), null);
    expect(await call('drop', 30)).toBe(0);
    const [table] = await owner<{ forced: boolean }>(
      'select relforcerowsecurity as forced from pg_class where relname = $1',
      [nameOf(-40)],
    );
    expect(table).toEqual({ forced: true });
    world.relay(node).start();
    await waitFor(async () => (await node.eventLog.state(orgId)).head === 1n);
    expect(await call('drop', 30)).toBe(1);
    expect(await node.eventLog.state(orgId)).toEqual({ head: 1n, trimmed: 1n });
  });

  it('are not dropped without at least a day of retention', async () => {
    for (const days of [0, -100]) await expect(call('drop', days)).rejects.toThrow('has to be at least 1');
    expect(await partitions()).toContain(nameOf(-1));
  });

  it('wait to be dropped while somebody reads the log, and are all there when it takes too long', async () => {
    const orgId = v7();
    await pastPartition(-40);
    await insertAt(orgId, day(-40), 1);
    await owner('insert into event_stream (org_id, position) values ($1, 1)', [orgId]);
    const reader = new pg.Client({ connectionString: world.database.url('app') });
    await reader.connect();
    await reader.query('begin');
    await reader.query('select count(*) from event');
    await expect(call('drop', 30)).rejects.toThrow('lock timeout');
    await reader.end();
    expect((await node.eventLog.state(orgId)).trimmed).toBe(0n);
    expect(await call('drop', 30)).toBe(1);
    expect((await node.eventLog.state(orgId)).trimmed).toBe(1n);
  });

  it('are closed to the app but through the log', async () => {
    const orgId = v7();
    await emit(node, orgId, [1]);
    for (const table of [nameOf(0), 'event_default']) {
      await expect(world.database.query('app', `select * from ${table}`)).rejects.toThrow(
        'permission denied',
      );
      await expect(world.database.query('relay', `select * from ${table}`)).rejects.toThrow(
        'permission denied',
      );
    }
    await expect(world.database.query('app', `drop table ${nameOf(0)}`)).rejects.toThrow('must be owner');
    await expect(world.database.query('relay', 'select event_partition_drop(0)')).rejects.toThrow(
      'permission denied',
    );
  });

  it('are maintained by the hourly job, which also forgets expired idempotency keys', async () => {
    const orgId = v7();
    await pastPartition(-40);
    await insertAt(orgId, day(-40), 1);
    await owner('insert into event_stream (org_id, position) values ($1, 1)', [orgId]);
    await owner(`drop table ${nameOf(14)}`);
    await owner(
      `insert into idempotency_key (org_id, id, operation, input_hash, answer, expires_at)
       select $1, gen_random_uuid(), 'test', 'hash', '{}', now() + make_interval(hours => n)
       from generate_series(-2, 1) n`,
      [orgId],
    );
    const job = maintainEventLog(30);
    expect(job.cron).toBe('7 * * * *');
    const ctx = node.createContext({ actor: systemActor('maintain'), requestId: 'test' });
    await job.handle(ctx, {}, { id: v7(), number: 1, isLast: false, signal: new AbortController().signal });
    const names = await partitions();
    expect(names).toContain(nameOf(14));
    expect(names).not.toContain(nameOf(-40));
    expect((await node.eventLog.state(orgId)).trimmed).toBe(1n);
    expect(await owner('select from idempotency_key where org_id = $1', [orgId])).toHaveLength(1);
    await emit(node, orgId, [2]);
    world.relay(node).start();
    await waitFor(async () => (await node.eventLog.state(orgId)).head === 2n);
    expect((await node.eventLog.read(orgId, 0n, 10)).map(numberOf)).toEqual([2]);
  });
});
