import pg from 'pg';
import type { Logger } from '../kernel/logger.js';
import type { Clock } from '../kernel/clock.js';
import { createContextFactory, type ContextFactory } from '../kernel/context.js';
import { openDatabase, type Database } from '../kernel/database/database.js';
import { connectForChecks } from '../kernel/database/connect-for-checks.js';
import { checkMigrations } from '../kernel/database/pending-migrations.js';
import { checkRuntimeRole } from '../kernel/database/runtime-role-check.js';
import { createInProcessBus, type Bus } from '../kernel/events/bus.js';
import { createEventLog, type EventLog } from '../kernel/events/event-log.js';
import { createFeed, type Feed } from '../kernel/events/feed.js';
import { createPostgresBus } from '../kernel/events/postgres-bus.js';
import { shardOf } from '../kernel/events/shards.js';
import { createStreamTails, type StreamTails } from '../kernel/events/stream-tails.js';
import type { Ids } from '../kernel/ids.js';
import { createJobQueue, type JobQueue } from '../kernel/jobs/job-queue.js';
import { entities } from './entities.js';

export interface InfrastructureOptions {
  /** Login `toolbox_app`. */
  databaseUrl: string;
  poolSize: number;
  /** In this process only, or between processes through PostgreSQL. */
  busKind: 'in-process' | 'postgres';
  log: Logger;
  clock: Clock;
  ids: Ids;
  /** See `DatabaseOptions.orgPredicates`; for one test. */
  orgPredicates?: boolean;
}

/** What every domain stands on: database, event log, bus, job queues. */
export interface Infrastructure {
  database: Database;
  bus: Bus;
  eventLog: EventLog;
  tails: StreamTails;
  feed: Feed;
  jobs: JobQueue;
  createContext: ContextFactory;
  /** Closes everything but the job queue, which the worker stops first. */
  close(): Promise<void>;
}

const jobPoolSize = 4;

/** Refuses a database that this release must not or cannot work on. */
async function checkDatabase(url: string): Promise<void> {
  const client = await connectForChecks(url);
  try {
    await checkRuntimeRole(client);
    await checkMigrations(client);
  } finally {
    await client.end();
  }
}

/**
 * @throws UnsafeRuntimeRoleError when row-level security would not hold for the login
 * @throws PendingMigrationsError when the database is older than this release
 */
export async function openInfrastructure(options: InfrastructureOptions): Promise<Infrastructure> {
  const { databaseUrl: url, poolSize, busKind, log, clock, ids, orgPredicates = true } = options;
  await checkDatabase(url);
  const database = await openDatabase({ url, entities, poolSize, log, orgPredicates });
  const bus = busKind === 'postgres' ? await createPostgresBus({ url, log }) : createInProcessBus();
  const eventLog = createEventLog(database);
  const tails = createStreamTails({ bus, eventLog, log });
  const createContext = createContextFactory({
    database,
    log,
    clock,
    ids,
    onEventsCommitted: (orgIds) => bus.wakeRelay([...new Set(orgIds.map(shardOf))]),
  });
  const jobs = createJobQueue({ url, poolSize: jobPoolSize, log, eventLog, createContext });
  return {
    database,
    bus,
    eventLog,
    tails,
    feed: createFeed({ eventLog, tails }),
    jobs,
    createContext,
    async close() {
      tails.stop();
      await bus.close();
      await database.close();
    },
  };
}

/** After so long the server frees the shard of a relay that has frozen or been cut off in its transaction. */
const relaySilenceMs = 10_000;
const relayStatementMs = 30_000;

/** The pool of the relay, which has a login of its own. */
export function openRelayPool(url: string, log: Logger, silenceMs = relaySilenceMs): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: 2,
    application_name: 'toolbox-relay',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    connectionTimeoutMillis: 10_000,
    // A connection that has silently died would otherwise stop the relay until TCP gives up, minutes later.
    query_timeout: relayStatementMs,
    statement_timeout: relayStatementMs,
    idle_in_transaction_session_timeout: silenceMs,
  });
  // The pool listens to idle clients only; one that breaks between two statements would end the process.
  pool.on('connect', (client) => {
    client.on('error', (error) => log.debug({ err: error }, 'connection of the relay broke'));
  });
  pool.on('error', (error) => log.warn({ err: error }, 'relay lost a connection to PostgreSQL'));
  return pool;
}
