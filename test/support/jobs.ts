import type { TestDatabase } from './database.js';

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

/** Makes jobs that wait for their retry due now, and lets workers know, so that no test waits for a backoff. */
export async function hurryRetries(database: TestDatabase, queue: string): Promise<void> {
  await database.query(
    'superuser',
    `update pgboss.job set start_after = now() - interval '1 second' where name = $1 and state = 'retry'`,
    [queue],
  );
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
  const channel = `pgboss_${Buffer.from('pgboss').toString('hex')}`;
  await database.query('superuser', 'select pg_notify($1, $2)', [channel, queue]);
}
