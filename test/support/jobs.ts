import type { TestDatabase } from './database.js';
import { waitFor } from './wait-for.js';

export interface JobRow {
  id: string;
  name: string;
  state: string;
  retry_count: number;
  data: Record<string, unknown>;
}

/** The jobs of a queue, oldest first. */
export function jobsOf(database: TestDatabase, queue: string): Promise<JobRow[]> {
  return database.query<JobRow>(
    'superuser',
    'select id, name, state::text, retry_count, data from pgboss.job where name = $1 order by created_on, id',
    [queue],
  );
}

/**
 * Waits for jobs of the queue that wait for their retry, makes them due now and lets workers know, so that no
 * test waits for a backoff. `data` is what their data holds.
 */
export async function hurryRetry(
  database: TestDatabase,
  queue: string,
  data: Record<string, string>,
): Promise<void> {
  const sql = `update pgboss.job set start_after = now() - interval '1 second'
    where name = $1 and state = 'retry' and start_after > now() and data @> $2::jsonb returning id`;
  const hurry = async () =>
    (await database.query('superuser', sql, [queue, JSON.stringify(data)])).length > 0;
  await waitFor(hurry, { what: `a job of ${queue} that waits for its retry` });
  await wakeQueue(database, queue);
}

/** Puts finished jobs back as if nobody had heard that they were done: at-least-once delivery's second delivery. */
export async function deliverAgain(database: TestDatabase, queue: string): Promise<number> {
  const rows = await database.query(
    'superuser',
    `update pgboss.job set state = 'created', started_on = null, completed_on = null, output = null,
       start_after = now() - interval '1 second'
     where name = $1 and state = 'completed' returning id`,
    [queue],
  );
  await wakeQueue(database, queue);
  return rows.length;
}

async function wakeQueue(database: TestDatabase, queue: string): Promise<void> {
  // The channel is named as pg-boss names it for the schema (its plans.notifyChannelSql).
  await database.query(
    'superuser',
    `select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), $1)`,
    [queue],
  );
}
