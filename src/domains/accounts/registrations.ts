import type { Context, TransactionContext } from '../../kernel/context.js';
import { Registration } from './registration.entity.js';

/** Registrations that are kept for one address: the one that was mailed last, and the newest others. */
export const maxRegistrationsOfAddress = 5;

/** Makes what concerns one address happen one after the other, also while there is no row of it to lock. */
export async function lockAddress(ctx: TransactionContext, emailKey: string): Promise<void> {
  await ctx.em.execute('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`registration:${emailKey}`]);
}

/** Everything that is kept for an address, used or not, newest first. */
export function registrationsOf(ctx: Context, emailKey: string): Promise<Registration[]> {
  return ctx.em.find(
    Registration,
    { emailKey },
    // What was read before the lock may be of yesterday.
    { orderBy: { createdAt: 'desc', id: 'desc' }, refresh: true },
  );
}

/** Those of them that wait for a proof of the address. A link that has expired ends no registration. */
export function pendingOf(registrations: Registration[]): Registration[] {
  return registrations.filter(({ usedAt }) => usedAt === null);
}

/** The one whose mail was due last. */
export function lastMailedOf(registrations: Registration[]): Registration | undefined {
  const time = ({ mailRequestedAt }: Registration) => mailRequestedAt?.getTime() ?? 0;
  return registrations.reduce<Registration | undefined>(
    (last, each) => (time(each) > (last ? time(last) : 0) ? each : last),
    undefined,
  );
}

/** Which to forget so that one more can be kept: never the one whose link is the last that was mailed. */
export function surplusOf(registrations: Registration[]): Registration[] {
  const lastMailed = lastMailedOf(registrations);
  const others = registrations.filter((each) => each !== lastMailed);
  return others.slice(maxRegistrationsOfAddress - (lastMailed ? 2 : 1));
}
