import type { z } from 'zod';
import type { Context } from '../context.js';

/** How often and how long a queue tries again before it keeps the job as a dead letter. */
export interface RetryPolicy {
  /** Tries after the first. */
  limit: number;
  /** Before the first retry; it doubles from there, with jitter. */
  delaySeconds: number;
  maxDelaySeconds: number;
}

export const defaultRetry: RetryPolicy = { limit: 8, delaySeconds: 1, maxDelaySeconds: 300 };

/** A queue of retried work. Data holds ids only. */
export interface JobDefinition<D extends object = object> {
  /** Imperative: `send-mail`. */
  readonly name: string;
  readonly schema: z.ZodType<D>;
  readonly retry: RetryPolicy;
  /** Jobs fetched at once by a worker. */
  readonly batchSize: number;
  /** Jobs of a batch that run at the same time. A worker has two batches in hand, so that a slow job holds up one. */
  readonly concurrency: number;
  /**
   * For one job, from when its handler is called: then it counts as failed and is tried again. Waiting for its turn in
   * the batch is not counted. A worker that dies is noticed by its heartbeat, whatever this is.
   */
  readonly timeoutSeconds: number;
}

export function defineJob<D extends object>(
  definition: Pick<JobDefinition<D>, 'name' | 'schema'> & Partial<JobDefinition<D>>,
): JobDefinition<D> {
  return { retry: defaultRetry, batchSize: 20, concurrency: 5, timeoutSeconds: 30, ...definition };
}

export interface JobAttempt {
  id: string;
  /** 1 for the first try. */
  number: number;
  isLast: boolean;
  /** Aborted when the job is out of time. */
  signal: AbortSignal;
}

/** What a worker does with the jobs of one queue. */
export interface JobHandler {
  readonly definition: JobDefinition;
  /** An IANA-less cron expression in UTC, for work that comes round by itself. */
  readonly cron?: string;
  readonly handle: (ctx: Context, data: object, attempt: JobAttempt) => Promise<void>;
  /** The organization of the job's context. */
  readonly orgIdOf: (data: object) => string | null;
}

/** Binds a handler to a job; its context acts as the system in the organization that the data names. */
export function handleJob<D extends object>(
  definition: JobDefinition<D>,
  handle: (ctx: Context, data: D, attempt: JobAttempt) => Promise<void>,
  options: { cron?: string; orgIdOf?: (data: D) => string | null } = {},
): JobHandler {
  const { orgIdOf = () => null, cron } = options;
  return {
    definition: definition,
    ...(cron && { cron }),
    handle: (ctx, data, attempt) => handle(ctx, definition.schema.parse(data), attempt),
    orgIdOf: (data) => orgIdOf(data as D),
  };
}

/** Thrown by a handler for what no retry can mend: the job becomes a dead letter at once. */
export class PermanentJobError extends Error {
  override readonly name = 'PermanentJobError';
}
