import type { TransactionContext } from '../../kernel/context.js';
import { PLATFORM_ORG_ID } from '../../kernel/ids.js';
import { accessRevoked } from './accounts.events.js';

export interface MembershipRevocation {
  userId: string;
  orgId: string;
  /** Of the membership: tokens that carry a lower one end. */
  version: number;
}

/** Ends, on every node and after the commit, the account's access tokens for an organization. */
export function revokeMembershipAccess(tx: TransactionContext, membership: MembershipRevocation): void {
  tx.emit(
    accessRevoked({
      orgId: PLATFORM_ORG_ID,
      subjectId: membership.userId,
      audience: { kind: 'system' },
      payload: { membership },
    }),
  );
}
