import { Invitation } from './invitation.entity.js';
import { InvitationResolver } from './invitation.resolver.js';
import { Membership } from './membership.entity.js';
import { MembershipResolver } from './membership.resolver.js';
import { Organization } from './organization.entity.js';
import { OrganizationResolver } from './organization.resolver.js';

export const organizationEntities = [Organization, Membership, Invitation];

export const organizationResolvers = [OrganizationResolver, MembershipResolver, InvitationResolver];

export { organizationReads } from './organization.read.js';
export { findMembership } from './organization.queries.js';
export { organizationErrorCodes } from './organizations.errors.js';
export type { OrganizationMails } from './organizations.mails.js';
export { createOrganizations } from './organizations.module.js';
