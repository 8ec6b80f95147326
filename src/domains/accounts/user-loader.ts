import type { Context } from '../../kernel/context.js';
import { NotFoundError } from '../../kernel/errors.js';
import { batchLoader } from '../../kernel/loader.js';
import { Account } from './account.entity.js';

/** Loads the accounts that a page refers to in one query, within one operation. */
const accountsById = batchLoader<Account>('accounts-by-id', (ctx, ids) =>
  ctx.em.find(Account, { id: { $in: ids } }),
);

/** The account behind a reference of something that the caller may already see. @throws NotFoundError */
export async function loadUser(ctx: Context, id: string): Promise<Account> {
  const account = await accountsById(ctx, id);
  if (!account) throw NotFoundError.of('user', id);
  return account;
}
