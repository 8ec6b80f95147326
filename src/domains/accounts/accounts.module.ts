import type { Clock } from '../../kernel/clock.js';
import type { TokenDeriver } from '../../kernel/crypto/derived-token.js';
import type { PasswordHasher } from '../../kernel/crypto/password-hasher.js';
import type { SigningKeyRing } from '../../kernel/crypto/signing-keys.js';
import { createAccessTokens } from './access-tokens.js';
import { AccountResolver } from './account.resolver.js';
import { sweepAccounts } from './accounts.jobs.js';
import { createAccountMails } from './accounts.mails.js';
import type { MembershipDirectory } from './accounts.ports.js';
import { createRegistrationService } from './registration.service.js';
import { SessionResolver } from './session.resolver.js';
import { createSessionService } from './session.service.js';

export interface AccountSettings {
  issuer: string;
  accessTokenMinutes: number;
  refreshTokenDays: number;
  refreshGraceSeconds: number;
  verificationTokenHours: number;
  resendCooldownSeconds: number;
}

export interface AccountsDeps {
  passwords: PasswordHasher;
  tokens: TokenDeriver;
  signingKeys: SigningKeyRing;
  memberships: MembershipDirectory;
  clock: Clock;
  settings: AccountSettings;
}

/** Who people are, how they sign in, and what keeps them signed in. */
export function createAccounts(deps: AccountsDeps) {
  const { passwords, tokens, signingKeys, memberships, clock, settings } = deps;
  const accessTokens = createAccessTokens({
    keys: signingKeys,
    issuer: settings.issuer,
    lifetimeMinutes: settings.accessTokenMinutes,
    clock,
  });
  const registration = createRegistrationService({ passwords, tokens, settings });
  const sessions = createSessionService({ passwords, tokens, accessTokens, memberships, settings });
  return {
    accessTokens,
    sessions,
    mails: createAccountMails(tokens),
    jobs: [sweepAccounts],
    resolvers: [new AccountResolver(registration), new SessionResolver(sessions)],
  };
}
