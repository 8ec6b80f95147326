import type { TransactionContext } from '../../kernel/context.js';

/**
 * A version that is higher than every one before it, whichever node asked. Take it after the membership is
 * locked, or is known to be absent: then no later change of it can have a lower one.
 */
export async function nextMembershipVersion(tx: TransactionContext): Promise<number> {
  const [row] = await tx.em.execute<{ version: string }[]>(
    `select nextval('membership_version_seq') as version`,
  );
  return Number(row?.version);
}
