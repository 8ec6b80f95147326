import { z } from 'zod';
import { defineJob, handleJob, type JobHandler } from '../jobs/job.js';

/** Far enough that a Toolbox whose workers stand still for days finds its partitions when it comes back. */
const daysAhead = 14;
const purgeRows = 10_000;

/** Makes the days to come, drops those past retention, and forgets expired idempotency keys. Every hour. */
export function maintainEventLog(retentionDays: number): JobHandler {
  return handleJob(
    defineJob({ name: 'maintain-event-log', schema: z.object({}), timeoutSeconds: 600 }),
    async (ctx) => {
      const [made] = await ctx.em.execute<{ n: number }[]>('select event_partition_ensure(?) as n', [
        daysAhead,
      ]);
      const [dropped] = await ctx.em.execute<{ n: number }[]>('select event_partition_drop(?) as n', [
        retentionDays,
      ]);
      for (let purged = purgeRows; purged === purgeRows;) {
        const [row] = await ctx.em.execute<{ n: number }[]>('select idempotency_key_purge(?) as n', [
          purgeRows,
        ]);
        purged = row?.n ?? 0;
      }
      if (made?.n || dropped?.n) ctx.log.info({ made: made?.n, dropped: dropped?.n }, 'event log partitions');
    },
    { cron: '7 * * * *' },
  );
}
