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
  /** Resolves when the batch at hand is committed. */
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

async function markPublished(client: pg.PoolClient, events: StoredEvent[]): Promise<void> {
  await client.query({
    name: 'relay-publish',
    text: `update event e set position = p.position, published_at = now()
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
  const due = new Set<number>();
  let running: Promise<void> | null = null;
  let stopped = true;
  let pollTimer: NodeJS.Timeout | null = null;
  const unsubscribe: (() => void)[] = [];

  /** @returns how many events were published, or null when another relay holds the shard. */
  async function publishBatch(shard: number): Promise<number | null> {
    const client = await pool.connect();
    let published: { count: number; hints: StreamHint[] };
    let failure: Error | undefined;
    try {
      await client.query('begin; set local synchronous_commit = on');
      const lock = await client.query<{ held: boolean }>('select pg_try_advisory_xact_lock($1, $2) as held', [
        relayLockClass,
        shard,
      ]);
      if (!lock.rows[0]?.held) {
        await client.query('rollback');
        return null;
      }
      const events = await claim(client, shard);
      if (events.length === 0) {
        await client.query('rollback');
        return 0;
      }
      const hints = await assignPositions(client, events);
      await markPublished(client, events);
      await enqueueConsumers(client, events);
      await client.query('commit');
      published = { count: events.length, hints };
    } catch (error) {
      failure = error as Error;
      throw error;
    } finally {
      // A connection in an unknown state is destroyed; the server rolls back.
      client.release(failure);
    }
    await bus.publish(published.hints);
    return published.count;
  }

  async function drainShard(shard: number): Promise<void> {
    for (;;) {
      const count = await publishBatch(shard);
      if (count === null) {
        setTimeout(() => wake([shard]), contendedRetryMs).unref();
        return;
      }
      if (count < batchSize || stopped) return;
    }
  }

  async function drainDue(): Promise<void> {
    while (due.size > 0 && !stopped) {
      const shards = [...due];
      due.clear();
      for (const shard of shards) await drainShard(shard);
    }
  }

  function wake(shards: number[]): void {
    if (stopped) return;
    for (const shard of shards) due.add(shard);
    running ??= drainDue()
      .catch((error: unknown) =>
        log.error({ err: error }, 'relay could not publish; it tries again within a second'),
      )
      .finally(() => {
        running = null;
        if (due.size > 0) wake([]);
      });
  }

  async function poll(): Promise<void> {
    const { rows } = await pool.query<{ shard: number }>({
      name: 'relay-poll',
      text: `select s as shard from generate_series(0, ${shardCount - 1}) s
             where exists (select from event where shard = s and position is null)`,
    });
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
      await running;
    },
  };
}
