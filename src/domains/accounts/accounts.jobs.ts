import { z } from 'zod';
import type { Context } from '../../kernel/context.js';
import { defineJob, handleJob } from '../../kernel/jobs/job.js';

const batchRows = 5000;

/** What is no longer of use, and how long it is kept after that. */
const leftovers = [
  `select id from refresh_token where expires_at < now() - interval '1 day'`,
  `select id from email_verification where expires_at < now() - interval '7 days'`,
  `select id from session where coalesce(ended_at, expires_at) < now() - interval '30 days'`,
  // Registered and never verified: the name becomes free again.
  `select id from account a where email_verified_at is null and created_at < now() - interval '7 days'
   and not exists (select from email_verification v where v.account_id = a.id and v.expires_at > now())`,
];

async function deleteAll(ctx: Context, selectSql: string): Promise<number> {
  const table = / from (\w+)/.exec(selectSql)?.[1];
  const sql = `delete from ${table} where id in (${selectSql} limit ${batchRows}) returning 1`;
  let total = 0;
  for (;;) {
    const rows = await ctx.em.execute<unknown[]>(sql);
    total += rows.length;
    if (rows.length < batchRows) return total;
  }
}

/** Deletes spent tokens, old sessions and registrations that nobody verified. */
export const sweepAccounts = handleJob(
  defineJob({ name: 'sweep-accounts', schema: z.object({}), timeoutSeconds: 600 }),
  async (ctx) => {
    let deleted = 0;
    for (const selectSql of leftovers) deleted += await deleteAll(ctx, selectSql);
    if (deleted > 0) ctx.log.info({ deleted }, 'swept accounts');
  },
  { cron: '23 3 * * *' },
);
