import type { ActiveMembership } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';

/** What accounts need to know of organizations to issue a token for one; organizations provide it. */
export interface MembershipDirectory {
  /** @returns null when the account does not belong to the organization. */
  find(ctx: Context, userId: string, orgId: string): Promise<ActiveMembership | null>;
}
