import { z } from 'zod';
import type { Context } from '../../kernel/context.js';
import { defineJob, handleJob } from '../../kernel/jobs/job.js';

const batchRows = 5000;

interface Leftover {
  table: string;
  /** Which rows are of no use any more; each condition has an index. */
  where: string;
}

const leftovers: readonly Leftover[] = [
  { table: 'refresh_token', where: `expires_at < now() - interval '1 day'` },
  { table: 'registration', where: `expires_at < now() - interval '7 days'` },
  { table: 'session', where: `ended_at < now() - interval '30 days'` },
  { table: 'session', where: `expires_at < now() - interval '30 days'` },
];

async function deleteAll(ctx: Context, { table, where }: Leftover, signal: AbortSignal): Promise<number> {
  const sql = `delete from ${table} where id in (select id from ${table} where ${where} limit ${batchRows}) returning 1`;
  let total = 0;
  for (;;) {
    signal.throwIfAborted();
    const rows = await ctx.em.execute<unknown[]>(sql);
    total += rows.length;
    if (rows.length < batchRows) return total;
  }
}

/** Deletes spent tokens, old sessions and registrations that nobody confirmed. */
export const sweepAccounts = handleJob(
  defineJob({ name: 'sweep-accounts', schema: z.object({}), timeoutSeconds: 600 }),
  async (ctx, _data, { signal }) => {
    let deleted = 0;
    for (const leftover of leftovers) deleted += await deleteAll(ctx, leftover, signal);
    if (deleted > 0) ctx.log.info({ deleted }, 'swept accounts');
  },
  { cron: '23 3 * * *' },
);
