import type pg from 'pg';
import type { Logger } from '../logger.js';
import type { Bus, StreamHint } from './bus.js';
import { eventColumns, toStoredEvent, type EventRow } from './event-row.js';
import type { StoredEvent } from './event.js';
import { shardCount } from './shards.js';

/** First key of the advisory locks of relays; the second is the shard. */
const relayLockClass = 0x7462_7872;
const batchSize = 500;
const pollIntervalMs = 1000;
/** Another relay holds the shard: it may have read before our row was committed. */
const contendedRetryMs = 20;
/** Shards published side by side; each takes a connection. */
const laneCount = 2;
/** Notices to the bus under way; beyond it none is given, as readers poll. */
const noticeLimit = 100;

export interface RelayDeps {
  /** Login `toolbox_relay`. */
  pool: pg.Pool;
  bus: Bus;
  log: Logger;
  /** Creates the job of each consumer of the events, in the relay's own transaction. */
  enqueueConsumers: (client: pg.PoolClient, events: StoredEvent[]) => Promise<void>;
}

export interface Relay {
  start(): void;
  /** Resolves when the batches at hand are committed, and the bus has been told. */
  stop(): Promise<void>;
}

interface ClaimedRow extends EventRow {
  seq: string;
}

async function claim(client: pg.PoolClient, shard: number): Promise<StoredEvent[]> {
  const { rows } = await client.query<ClaimedRow>({
    name: 'relay-claim',
    text: `select ${eventColumns} from event where shard = $1 and position is null order by seq limit ${batchSize}`,
    values: [shard],
  });
  return rows.map(toStoredEvent);
}

/** Adds to the counter of each stream and gives the events their dense positions. */
async function assignPositions(client: pg.PoolClient, events: StoredEvent[]): Promise<StreamHint[]> {
  const byStream = Map.groupBy(events, (event) => event.orgId);
  const { rows } = await client.query<{ org_id: string; position: string }>({
    name: 'relay-count',
    text: `insert into event_stream as s (org_id, position)
           select * from unnest($1::uuid[], $2::bigint[])
           on conflict (org_id) do update set position = s.position + excluded.position
           returning org_id, position`,
    values: [[...byStream.keys()], [...byStream.values()].map((stream) => stream.length)],
  });
  return rows.map(({ org_id: orgId, position }) => {
    const stream = byStream.get(orgId) ?? [];
    const last = BigInt(position);
    stream.forEach((event, index) => {
      event.position = last - BigInt(stream.length - 1 - index);
    });
    return { orgId, position: last };
  });
}

/** The time is the statement's, as the transaction may have begun before another relay's ended. */
async function markPublished(client: pg.PoolClient, events: StoredEvent[]): Promise<void> {
  await client.query({
    name: 'relay-publish',
    text: `update event e set position = p.position, published_at = statement_timestamp()
           from unnest($1::uuid[], $2::uuid[], $3::bigint[]) as p(org_id, id, position)
           where e.org_id = p.org_id and e.id = p.id`,
    values: [
      events.map((event) => event.orgId),
      events.map((event) => event.id),
      events.map((event) => String(event.position)),
    ],
  });
}

/**
 * Publishes the event log: gives each committed event its position in its stream, creates the jobs of its
 * consumers, and tells the bus. Everything but the last is one transaction under the shard's advisory lock,
 * so that any number of relays can run and one that dies leaves nothing half done.
 */
export function createRelay({ pool, bus, log, enqueueConsumers }: RelayDeps): Relay {
  /** In the order in which they became due: a shard that goes on for many batches takes its turn with the others. */
  const due = new Set<number>();
  const publishing = new Set<number>();
  const lanes = new Set<Promise<void>>();
  const notices = new Set<Promise<void>>();
  const knownClients = new WeakSet<pg.PoolClient>();
  let stopped = true;
  let pollTimer: NodeJS.Timeout | null = null;
  const unsubscribe: (() => void)[] = [];

  async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let failure: Error | undefined;
    try {
      // After a restore or failover, which no connection survives, cursors of before have to be refused.
      if (!knownClients.has(client)) await client.query('select event_epoch_refresh()');
      knownClients.add(client);
      return await work(client);
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // A connection in an unknown state is destroyed; the server rolls back.
      client.release(failure);
    }
  }

  /** @returns what was published, or null when another relay holds the shard. */
  async function publishIn(
    client: pg.PoolClient,
    shard: number,
  ): Promise<{ count: number; hints: StreamHint[] } | null> {
    await client.query('begin; set local synchronous_commit = on');
    const lock = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1, $2) as held', [
      relayLockClass,
      shard,
    ]);
    const held = lock.rows[0]?.held === true;
    const events = held ? await claim(client, shard) : [];
    if (events.length === 0) {
      await client.query('rollback');
      return held ? { count: 0, hints: [] } : null;
    }
    const hints = await assignPositions(client, events);
    await markPublished(client, events);
    await enqueueConsumers(client, events);
    await client.query('commit');
    return { count: events.length, hints };
  }

  /** Of what is committed: whoever misses the hint polls, and no batch waits for it. */
  function tell(hints: StreamHint[]): void {
    if (notices.size >= noticeLimit) {
      log.warn({}, 'bus is too slow to be told of published events');
      return;
    }
    const notice = bus
      .publish(hints)
      .catch((error: unknown) => log.warn({ err: error }, 'bus was not told of published events'))
      .finally(() => notices.delete(notice));
    notices.add(notice);
  }

  async function publishBatch(shard: number): Promise<void> {
    const published = await withClient((client) => publishIn(client, shard));
    if (!published) {
      setTimeout(() => wake([shard]), contendedRetryMs).unref();
      return;
    }
    if (published.hints.length > 0) tell(published.hints);
    if (published.count === batchSize) due.add(shard);
  }

  /** Takes one batch of each due shard in turn, until none is due that is not in the other lane's hands. */
  async function runLane(): Promise<void> {
    while (!stopped) {
      const shard = [...due].find((each) => !publishing.has(each));
      if (shard === undefined) return;
      due.delete(shard);
      publishing.add(shard);
      // Caught for each shard: one that keeps failing must not hold up those behind it.
      await publishBatch(shard)
        .catch((error: unknown) =>
          log.error({ err: error, shard }, 'relay could not publish; it tries again within a second'),
        )
        .finally(() => publishing.delete(shard));
    }
  }

  function wake(shards: number[]): void {
    if (stopped) return;
    for (const shard of shards) due.add(shard);
    while (lanes.size < Math.min(laneCount, due.size)) {
      const lane = runLane().finally(() => {
        lanes.delete(lane);
        // Became due after this lane had looked, and before it was gone.
        if (due.size > 0 && lanes.size === 0) wake([]);
      });
      lanes.add(lane);
    }
  }

  async function poll(): Promise<void> {
    const { rows } = await withClient((client) =>
      client.query<{ shard: number }>({
        name: 'relay-poll',
        text: `select s as shard from generate_series(0, ${shardCount - 1}) s
               where exists (select from event where shard = s and position is null)`,
      }),
    );
    wake(rows.map(({ shard }) => shard));
  }

  function schedulePoll(): void {
    pollTimer = setTimeout(() => {
      poll()
        .catch((error: unknown) => log.warn({ err: error }, 'relay could not look for unpublished events'))
        .finally(() => {
          if (!stopped) schedulePoll();
        });
    }, pollIntervalMs);
  }

  return {
    start() {
      stopped = false;
      unsubscribe.push(
        bus.onWake(wake),
        bus.onResync(() => wake([...Array(shardCount).keys()])),
      );
      wake([...Array(shardCount).keys()]);
      schedulePoll();
    },
    async stop() {
      stopped = true;
      if (pollTimer) clearTimeout(pollTimer);
      for (const off of unsubscribe.splice(0)) off();
      await Promise.all(lanes);
      await Promise.all(notices);
    },
  };
}
