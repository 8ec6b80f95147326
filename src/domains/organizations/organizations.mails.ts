import type { Role } from '../../kernel/actor.js';
import type { Context } from '../../kernel/context.js';
import type { TokenDeriver } from '../../kernel/crypto/derived-token.js';
import { loadUser } from '../accounts/index.js';
import { Invitation } from './invitation.entity.js';
import { Organization } from './organization.entity.js';

export interface InvitationMail {
  to: { address: string };
  organizationName: string;
  inviterName: string;
  role: Role;
  /** In plaintext: for the mail that carries it and nothing else. */
  token: string;
  expiresInDays: number;
}

export type OrganizationMails = ReturnType<typeof createOrganizationMails>;

/** What the mails of an organization say, asked for when a mail is rendered; null when no longer wanted. */
export function createOrganizationMails(tokens: TokenDeriver) {
  return {
    async invitation(ctx: Context, invitationId: string): Promise<InvitationMail | null> {
      const orgId = ctx.orgId ?? '';
      const invitation = await ctx.em.findOne(Invitation, { id: invitationId });
      const now = ctx.clock.now();
      if (!invitation || invitation.acceptedAt || invitation.withdrawnAt || invitation.expiresAt <= now)
        return null;
      const organization = await ctx.em.findOneOrFail(Organization, { id: orgId });
      const inviter = await loadUser(ctx, invitation.invitedBy.id);
      const remainingMs = invitation.expiresAt.getTime() - now.getTime();
      return {
        to: { address: invitation.email },
        organizationName: organization.name,
        inviterName: inviter.name,
        role: invitation.role,
        token: tokens.derive('invitation', invitation.id, invitation.keyId),
        expiresInDays: Math.max(1, Math.round(remainingMs / 86_400_000)),
      };
    },
  };
}
