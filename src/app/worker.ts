import type pg from 'pg';
import type { Logger } from '../kernel/logger.js';
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
  const pool: pg.Pool = openRelayPool(relayUrl, log);
  // After a restore or failover, positions mean other events: cursors of before have to be refused.
  await pool.query('select event_epoch_refresh()');
  const relay = createRelay({
    pool,
    bus,
    log,
    enqueueConsumers: (client, events) => jobs.enqueueConsumers(client, events),
  });
  await jobs.start(toolbox.consumers, [...toolbox.jobs, maintainEventLog(eventRetentionDays)]);
  relay.start();
  return {
    async stop(drainMs) {
      await relay.stop();
      await jobs.stop(drainMs);
      await pool.end();
    },
  };
}
