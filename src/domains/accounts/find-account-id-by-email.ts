import type { Context } from '../../kernel/context.js';
import { Account } from './account.entity.js';
import { emailKeyOf } from './names.js';

/** The account of an address, however it is written, or null. For other domains, never for an answer to a client. */
export async function findAccountIdByEmail(ctx: Context, email: string): Promise<string | null> {
  const account = await ctx.em.findOne(Account, { emailKey: emailKeyOf(email) }, { fields: ['id'] });
  return account?.id ?? null;
}
