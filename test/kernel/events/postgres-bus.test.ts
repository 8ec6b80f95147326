import { v7 } from 'uuid';
import type { Bus, StreamHint } from '../../../src/kernel/events/bus.js';
import { createPostgresBus } from '../../../src/kernel/events/postgres-bus.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { quiet } from './event-world.js';

describe('the bus over PostgreSQL', () => {
  let database: TestDatabase;
  const open: Bus[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    for (const bus of open.splice(0)) await bus.close();
  });
  afterAll(() => database.drop());

  async function openBus(login: 'app' | 'relay' = 'app'): Promise<Bus> {
    const bus = await createPostgresBus({ url: database.url(login), log: quiet });
    open.push(bus);
    return bus;
  }

  function hear(bus: Bus): StreamHint[] {
    const heard: StreamHint[] = [];
    bus.onPublished((hint) => heard.push(hint));
    return heard;
  }

  async function connections(): Promise<number> {
    const [row] = await database.query<{ n: number }>(
      'superuser',
      `select count(*)::int as n from pg_stat_activity where application_name = 'toolbox-bus' and datname = $1`,
      [database.name],
    );
    return row?.n ?? 0;
  }

  async function cutConnections(): Promise<void> {
    await database.query(
      'superuser',
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'toolbox-bus' and datname = $1`,
      [database.name],
    );
  }

  it('carries hints from one process to the others and to itself', async () => {
    const [publisher, other] = [await openBus('relay'), await openBus()];
    const heard = [hear(publisher), hear(other)];
    const hint = { orgId: v7(), position: 2n ** 40n };
    await publisher.publish([hint]);
    await waitFor(() => heard.every((hints) => hints.length === 1));
    expect(heard).toEqual([[hint], [hint]]);
  });

  it('carries more hints at once than one notification holds', async () => {
    const [publisher, other] = [await openBus(), await openBus()];
    const heard = hear(other);
    const hints = Array.from({ length: 301 }, (_, index) => ({
      orgId: v7(),
      position: 10n ** 17n + BigInt(index),
    }));
    await publisher.publish(hints);
    await waitFor(() => heard.length >= hints.length);
    expect(heard).toEqual(hints);
  });

  it('ignores notifications that are not its own, and goes on', async () => {
    const bus = await openBus();
    const heard = hear(bus);
    const woken: number[][] = [];
    bus.onWake((shards) => woken.push(shards));
    for (const payload of ['', 'nonsense', `${v7()}:one`, 'x:1', `${v7()}:1,`]) {
      await database.query('relay', `select pg_notify('toolbox_published', $1)`, [payload]);
      await database.query('relay', `select pg_notify('toolbox_wake', $1)`, [payload]);
    }
    await database.query('relay', `select pg_notify('toolbox_wake', '99')`);
    const hint = { orgId: v7(), position: 1n };
    await bus.publish([hint]);
    bus.wakeRelay([3]);
    await waitFor(() => heard.length > 0 && woken.length > 0);
    expect([heard, woken]).toEqual([[hint], [[3]]]);
  });

  it('refuses more when a hundred notifications wait, sends those in their order, and then takes new ones', async () => {
    const [bus, other] = [await openBus(), await openBus()];
    const heard = hear(other);
    const orgId = v7();
    const sent = await Promise.allSettled(
      Array.from({ length: 130 }, (_, index) => bus.publish([{ orgId, position: BigInt(index) }])),
    );
    expect(sent.map(({ status }) => status).filter((status) => status === 'fulfilled')).toHaveLength(100);
    await bus.publish([{ orgId, position: 1000n }]);
    await waitFor(() => heard.at(-1)?.position === 1000n);
    expect(heard.map(({ position }) => Number(position))).toEqual([...Array(100).keys(), 1000]);
  });

  it('makes many wakes one, and names every shard in it', async () => {
    const [writer, relay] = [await openBus(), await openBus('relay')];
    const woken: number[][] = [];
    relay.onWake((shards) => woken.push(shards));
    for (const shard of [3, 7, 3, 15]) writer.wakeRelay([shard]);
    await waitFor(() => woken.length > 0);
    expect(woken).toEqual([[3, 7, 15]]);
  });

  it('says nothing to who no longer listens', async () => {
    const bus = await openBus();
    const [kept, dropped] = [hear(bus), [] as StreamHint[]];
    bus.onPublished((hint) => dropped.push(hint))();
    await bus.publish([{ orgId: v7(), position: 1n }]);
    await waitFor(() => kept.length === 1);
    expect(dropped).toEqual([]);
  });

  it('connects again after a break, says that hints may be missing, and works as before', async () => {
    const [publisher, other] = [await openBus(), await openBus()];
    const heard = hear(other);
    let resyncs = 0;
    publisher.onResync(() => (resyncs += 1));
    other.onResync(() => (resyncs += 1));
    await cutConnections();
    await waitFor(() => resyncs === 2);
    const hint = { orgId: v7(), position: 1n };
    await publisher.publish([hint]);
    await waitFor(() => heard.length > 0);
    expect(heard).toEqual([hint]);
    expect(await connections()).toBe(2);
  });

  it('leaves no connection behind when it is closed while it reconnects', async () => {
    const bus = await openBus();
    await cutConnections();
    await bus.close();
    const late = await openBus();
    await cutConnections();
    // Between the start of the new connection and its end.
    await waitFor(async () => (await connections()) > 0);
    await late.close();
    await waitFor(async () => (await connections()) === 0);
  });
});
