import { Account } from './account.entity.js';
import { AccountResolver } from './account.resolver.js';
import { RefreshToken } from './refresh-token.entity.js';
import { Registration } from './registration.entity.js';
import { Session } from './session.entity.js';
import { SessionResolver } from './session.resolver.js';

export const accountEntities = [Account, Registration, Session, RefreshToken];

export const accountResolvers = [AccountResolver, SessionResolver];

export { Account };
export { accountErrorCodes, AccessTokenRefusedError } from './accounts.errors.js';
export type { AccessTokens } from './access-tokens.js';
export { createAccessRevocations, type AccessRevocations } from './access-revocations.js';
export type { AccountMails } from './accounts.mails.js';
export { createAccounts } from './accounts.module.js';
export type { MembershipDirectory } from './accounts.ports.js';
export { accountReads, userReadable } from './account.read.js';
export { AccessGrantType, UserType } from './account.types.js';
export { findAccountIdByEmail } from './find-account-id-by-email.js';
export { ensureFirstAdmin } from './first-admin.js';
export { emailKeyOf } from './names.js';
export { revokeMembershipAccess } from './revoke-membership-access.js';
export type { SessionService } from './session.service.js';
export { loadUser } from './user-loader.js';
