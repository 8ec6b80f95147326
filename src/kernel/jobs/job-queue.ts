import { PgBoss, fromKysely, type Db, type JobResult, type JobWithMetadata } from 'pg-boss';
import type pg from 'pg';
import { systemActor } from '../actor.js';
import type { ContextFactory, TransactionContext } from '../context.js';
import type { Consumer } from '../events/consumer.js';
import type { EventLog } from '../events/event-log.js';
import type { StoredEvent } from '../events/event.js';
import { deterministicId } from '../ids.js';
import type { Logger } from '../logger.js';
import { maskText } from '../logger-redaction.js';
import { consumerJobs } from './consumer-jobs.js';
import { mapConcurrently } from './map-concurrently.js';
import { withinSeconds } from './within-seconds.js';
import { PermanentJobError, type JobDefinition, type JobHandler } from './job.js';

const schema = 'pgboss';
export const deadLetterQueue = 'dead-letter';
const completedRetentionSeconds = 24 * 3600;
const deadLetterRetentionSeconds = 30 * 24 * 3600;
/** A worker that is killed is noticed after its heartbeat and one round of the monitor. */
const heartbeatSeconds = 10;
const monitorIntervalSeconds = 2;
/** Finds what no notification announces: a retry that has become due. */
const pollingIntervalSeconds = 2;
/** Of one queue in one worker, so that a slow job does not keep those behind its batch waiting. */
const batchesInHand = 2;
/** The vendor's time limit is for a whole batch and stands behind our own for each job. */
const batchSlackSeconds = 10;

export interface JobQueueOptions {
  /** Login `toolbox_app`. */
  url: string;
  poolSize: number;
  log: Logger;
  eventLog: EventLog;
  createContext: ContextFactory;
}

export interface JobSender {
  /** Creates the job with the caller's transaction. The same `key` creates it once. */
  send<D extends object>(
    ctx: TransactionContext,
    job: JobDefinition<D>,
    data: D,
    key?: string,
  ): Promise<void>;
}

export interface JobQueue extends JobSender {
  /** Begins to work off the queues of the consumers and handlers. */
  start(consumers: Consumer[], handlers: JobHandler[]): Promise<void>;
  /** Creates one job for each consumer of each event, in the relay's transaction; repeats change nothing. */
  enqueueConsumers(client: pg.PoolClient, events: StoredEvent[]): Promise<void>;
  /** Stops fetching, waits for running jobs up to the time, and closes. What is left runs again elsewhere. */
  stop(timeoutMs: number): Promise<void>;
}

function batchTimeoutSeconds({ timeoutSeconds, batchSize, concurrency }: JobDefinition): number {
  return timeoutSeconds * Math.ceil(batchSize / concurrency) + batchSlackSeconds;
}

export function createJobQueue({ url, poolSize, log, eventLog, createContext }: JobQueueOptions): JobQueue {
  const boss = new PgBoss({
    connectionString: url,
    schema,
    max: poolSize,
    application_name: 'toolbox-jobs',
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    reindex: false,
    monitorVacuum: false,
    persistWarnings: false,
    superviseIntervalSeconds: monitorIntervalSeconds,
    monitorIntervalSeconds,
  });
  boss.on('error', (error) => log.warn({ err: error }, 'job queue'));
  boss.on('warning', ({ message, data }) => log.warn({ data }, `job queue: ${message}`));
  let started = false;
  let consumersByType = new Map<string, Consumer[]>();

  async function prepareQueue(definition: JobDefinition): Promise<void> {
    const options = {
      retryLimit: definition.retry.limit,
      retryDelay: definition.retry.delaySeconds,
      retryBackoff: true,
      retryDelayMax: definition.retry.maxDelaySeconds,
      expireInSeconds: batchTimeoutSeconds(definition),
      heartbeatSeconds,
      deleteAfterSeconds: completedRetentionSeconds,
      deadLetter: deadLetterQueue,
      notify: true,
    };
    await boss.createQueue(definition.name, options);
    await boss.updateQueue(definition.name, options);
  }

  async function runJob(handler: JobHandler, job: JobWithMetadata): Promise<JobResult> {
    const name = handler.definition.name;
    const ctx = createContext({
      actor: systemActor(name),
      orgId: handler.orgIdOf(job.data),
      requestId: `job-${job.id}`,
    });
    const attempt = {
      id: job.id,
      number: job.retryCount + 1,
      isLast: job.retryCount >= job.retryLimit,
    };
    try {
      await withinSeconds(handler.definition.timeoutSeconds, job.signal, (signal) =>
        handler.handle(ctx, job.data, { ...attempt, signal }),
      );
      return { id: job.id, status: 'completed' };
    } catch (error) {
      const permanent = error instanceof PermanentJobError;
      const level = permanent || attempt.isLast ? 'error' : 'warn';
      ctx.log[level]({ err: error, job: name, jobId: job.id, attempt: attempt.number }, 'job failed');
      // Messages of database errors quote the values of rows.
      const message = maskText(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
      return { id: job.id, status: permanent ? 'deadletter' : 'failed', output: { message } };
    }
  }

  async function work(handler: JobHandler): Promise<void> {
    const { name, batchSize, concurrency } = handler.definition;
    await prepareQueue(handler.definition);
    await boss.work(
      name,
      {
        batchSize,
        perJobResults: true,
        includeMetadata: true,
        burstWhenBatchFull: true,
        pollingIntervalSeconds: 1,
        notifyPollingIntervalSeconds: pollingIntervalSeconds,
        localConcurrency: batchesInHand,
      },
      (jobs: JobWithMetadata<object>[]) => mapConcurrently(jobs, concurrency, (job) => runJob(handler, job)),
    );
    if (handler.cron) await boss.schedule(name, handler.cron, {}, { tz: 'UTC' });
  }

  return {
    async start(consumers, handlers) {
      consumersByType = new Map();
      for (const consumer of consumers) {
        for (const type of consumer.eventTypes) {
          consumersByType.set(type, [...(consumersByType.get(type) ?? []), consumer]);
        }
      }
      try {
        await boss.start();
        started = true;
        await boss.createQueue(deadLetterQueue, { retentionSeconds: deadLetterRetentionSeconds });
        for (const handler of [...consumerJobs(consumers, eventLog), ...handlers]) await work(handler);
      } catch (error) {
        // What has been opened by then would keep the process alive.
        started = false;
        await boss.stop({ graceful: false, close: true });
        throw error;
      }
    },
    async enqueueConsumers(client, events) {
      const db: Db = { executeSql: (text, values) => client.query(text, values) };
      const jobsByQueue = new Map<string, { id: string; data: object }[]>();
      for (const event of events) {
        for (const { name } of consumersByType.get(event.type) ?? []) {
          const job = {
            id: deterministicId(event.id, name),
            data: { orgId: event.orgId, eventId: event.id },
          };
          const jobs = jobsByQueue.get(name);
          if (jobs) jobs.push(job);
          else jobsByQueue.set(name, [job]);
        }
      }
      for (const [queue, jobs] of jobsByQueue) await boss.insert(queue, jobs, { db });
    },
    async send(ctx, job, data, key) {
      if (!started) throw new Error(`${job.name}: only workers create jobs; emit an event and consume it.`);
      const id = key === undefined ? ctx.ids.next() : deterministicId(job.name, key);
      await boss.insert(job.name, [{ id, data }], { db: fromKysely(ctx.em.getKysely()) });
    },
    async stop(timeoutMs) {
      if (started) await boss.stop({ graceful: true, timeout: timeoutMs, close: true });
      started = false;
    },
  };
}
