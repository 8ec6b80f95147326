import { z } from 'zod';
import type { Context } from '../context.js';
import { defineJob, handleJob, type JobHandler } from '../jobs/job.js';

/** Far enough that a Toolbox whose workers stand still for days finds its partitions when it comes back. */
const daysAhead = 14;
const purgeRows = 10_000;

/** One day in each transaction, as publishing waits while a day is dropped. @returns how many. */
async function dropPastDays(ctx: Context, retentionDays: number): Promise<number> {
  for (let dropped = 0; ; dropped += 1) {
    const sql = 'select event_partition_drop(?) as n';
    const [row] = await ctx.em.execute<{ n: number }[]>(sql, [retentionDays]);
    if (!row?.n) return dropped;
  }
}

/** Makes the days to come, drops those past retention, and forgets expired idempotency keys. Every hour. */
export function maintainEventLog(retentionDays: number): JobHandler {
  return handleJob(
    defineJob({ name: 'maintain-event-log', schema: z.object({}), timeoutSeconds: 600 }),
    async (ctx) => {
      const [made] = await ctx.em.execute<{ n: number }[]>('select event_partition_ensure(?) as n', [
        daysAhead,
      ]);
      const dropped = await dropPastDays(ctx, retentionDays);
      for (let purged = purgeRows; purged === purgeRows;) {
        const [row] = await ctx.em.execute<{ n: number }[]>('select idempotency_key_purge(?) as n', [
          purgeRows,
        ]);
        purged = row?.n ?? 0;
      }
      if (made?.n || dropped) ctx.log.info({ made: made?.n, dropped }, 'event log partitions');
    },
    { cron: '7 * * * *' },
  );
}
