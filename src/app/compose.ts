import type { Clock } from '../kernel/clock.js';
import { createTokenDeriver } from '../kernel/crypto/derived-token.js';
import { createPasswordHasher } from '../kernel/crypto/password-hasher.js';
import { createSigningKeyRing } from '../kernel/crypto/signing-keys.js';
import {
  accountReads,
  createAccessRevocations,
  createAccounts,
  type MembershipDirectory,
} from '../domains/accounts/index.js';
import { createEnvironments, environmentReads } from '../domains/environments/index.js';
import { createMail, type MailTransport } from '../domains/mail/index.js';
import { createOrganizations, findMembership, organizationReads } from '../domains/organizations/index.js';
import { createAuthenticate } from './authenticate.js';
import type { Config } from './config.js';
import { FeedResolver } from './feed.resolver.js';
import type { FeedProjections } from './feed-topics.js';
import { ErrorCodesResolver } from './error-codes.js';
import type { Infrastructure } from './infrastructure.js';

/** The secrets in force: configured, or generated for development. */
export interface Secrets {
  secretKey: string;
  jwtSecret: string;
}

export interface ComposeDeps {
  config: Config;
  secrets: Secrets;
  infrastructure: Infrastructure;
  transport: MailTransport;
  clock: Clock;
}

export type Toolbox = ReturnType<typeof composeToolbox>;

/** The composition root: every domain made with what it needs, in the order of their ranks. */
export function composeToolbox({ config, secrets, infrastructure, transport, clock }: ComposeDeps) {
  const { core, accounts: settings } = config;
  const tokens = createTokenDeriver(
    Buffer.from(secrets.secretKey),
    core.oldSecretKeys.map((secret) => Buffer.from(secret)),
  );
  const signingKeys = createSigningKeyRing(
    { secret: secrets.jwtSecret },
    settings.oldJwtSecrets.map((secret) => ({ secret })),
  );
  const passwords = createPasswordHasher();
  const memberships: MembershipDirectory = { find: findMembership };

  const accounts = createAccounts({
    passwords,
    tokens,
    signingKeys,
    memberships,
    clock,
    settings: {
      ...settings,
      issuer: core.publicUrl,
      resendCooldownSeconds: settings.verificationResendCooldownSeconds,
    },
  });
  const organizations = createOrganizations({ sessions: accounts.sessions, tokens, settings });
  const mail = createMail({
    accounts: accounts.mails,
    organizations: organizations.mails,
    transport,
    jobs: infrastructure.jobs,
    settings: {
      publicUrl: core.publicUrl,
      from: { address: config.mail.from.email, name: config.mail.from.name },
      productName: config.mail.from.name,
      batchSize: config.mail.batchSize,
      maxAttempts: config.mail.maxAttempts,
    },
  });
  const environments = createEnvironments();

  const revocations = createAccessRevocations({
    eventLog: infrastructure.eventLog,
    tails: infrastructure.tails,
    clock,
    tokenLifetimeMinutes: settings.accessTokenMinutes,
  });
  const feedProjections: FeedProjections = { environments: environments.feed };
  return {
    reads: [...accountReads, ...organizationReads, ...environmentReads],
    authenticate: createAuthenticate({ accessTokens: accounts.accessTokens, revocations, clock }),
    passwords,
    revocations,
    feedProjections: Object.values(feedProjections),
    resolvers: [
      ...accounts.resolvers,
      ...organizations.resolvers,
      ...environments.resolvers,
      new FeedResolver(),
      new ErrorCodesResolver(),
    ],
    consumers: [...mail.consumers],
    jobs: [...accounts.jobs, ...mail.jobs],
  };
}
