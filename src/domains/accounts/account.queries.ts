import type { UserActor } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import { UnauthenticatedError } from '../../kernel/errors.js';
import { Account } from './account.entity.js';
import { Session } from './session.entity.js';

/** More open sessions than a person can have; the list is cut there. */
export const maxListedSessions = 100;

/** The caller's own account. */
export async function getOwnAccount(ctx: Context, actor: UserActor): Promise<Account> {
  const account = await ctx.em.findOne(Account, { id: actor.userId });
  if (!account) throw new UnauthenticatedError('This account does not exist any more.');
  return account;
}

/** The caller's sessions that have not ended, newest first. */
export async function listOwnSessions(ctx: Context, actor: UserActor): Promise<Session[]> {
  return ctx.em.find(
    Session,
    { account: actor.userId, endedAt: null, expiresAt: { $gt: ctx.clock.now() } },
    { orderBy: { createdAt: 'desc', id: 'desc' }, limit: maxListedSessions },
  );
}
