import type { TokenDeriver } from '../../kernel/crypto/derived-token.js';
import type { SessionService } from '../accounts/index.js';
import { InvitationResolver } from './invitation.resolver.js';
import { createInvitationService } from './invitation.service.js';
import { MembershipResolver } from './membership.resolver.js';
import { createMembershipService } from './membership.service.js';
import { OrganizationResolver } from './organization.resolver.js';
import { createOrganizationService } from './organization.service.js';
import { createOrganizationMails } from './organizations.mails.js';

export interface OrganizationsDeps {
  sessions: SessionService;
  tokens: TokenDeriver;
  settings: { invitationDays: number };
}

/** Organizations, who belongs to them, and who is invited. */
export function createOrganizations({ sessions, tokens, settings }: OrganizationsDeps) {
  return {
    mails: createOrganizationMails(tokens),
    resolvers: [
      new OrganizationResolver(createOrganizationService({ sessions })),
      new MembershipResolver(createMembershipService()),
      new InvitationResolver(createInvitationService({ tokens, settings })),
    ],
  };
}
