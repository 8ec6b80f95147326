import type pg from 'pg';
import type { Logger } from '../kernel/logger.js';
import { checkRuntimeUrl } from '../kernel/database/runtime-role-check.js';
import { maintainEventLog } from '../kernel/events/maintain-event-log.js';
import { createRelay } from '../kernel/events/relay.js';
import type { Toolbox } from './compose.js';
import { openRelayPool, type Infrastructure } from './infrastructure.js';

export interface WorkerOptions {
  toolbox: Toolbox;
  infrastructure: Infrastructure;
  /** Login `toolbox_relay`. */
  relayUrl: string;
  eventRetentionDays: number;
  log: Logger;
}

export interface Worker {
  /** Stops taking work, waits for what runs up to the time, and leaves the rest to other workers. */
  stop(drainMs: number): Promise<void>;
}

/** Publishes events and works off the queues. */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { toolbox, infrastructure, relayUrl, eventRetentionDays, log } = options;
  const { bus, jobs } = infrastructure;
  await checkRuntimeUrl(relayUrl, 'DATABASE_RELAY_URL');
  const stops: ((drainMs: number) => Promise<void>)[] = [];
  const stop = async (drainMs: number) => {
    for (const each of stops.splice(0).reverse()) await each(drainMs);
  };
  const pool: pg.Pool = openRelayPool(relayUrl, log);
  stops.push(() => pool.end());
  try {
    // Before anybody is served: after a restore or failover, cursors of before have to be refused.
    await pool.query('select event_epoch_refresh()');
    stops.push((drainMs) => jobs.stop(drainMs));
    await jobs.start(toolbox.consumers, [...toolbox.jobs, maintainEventLog(eventRetentionDays)]);
    const relay = createRelay({
      pool,
      bus,
      log,
      enqueueConsumers: (client, events) => jobs.enqueueConsumers(client, events),
    });
    stops.push(() => relay.stop());
    relay.start();
    return { stop };
  } catch (error) {
    await stop(0);
    throw error;
  }
}
