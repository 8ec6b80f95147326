import { createAccessTokens } from '../../src/domains/accounts/access-tokens.js';
import { systemClock } from '../../src/kernel/clock.js';
import { createSigningKeyRing } from '../../src/kernel/crypto/signing-keys.js';
import type { BenchDatabase, SeededUser } from './database.js';
import { startProcess, type ServerProcess } from './process.js';

const publicUrl = 'http://toolbox.bench';
const secret = 'bench-only-0123456789-abcdefghijklmnopqrstuv';

/** Starts Toolbox as in production: built, limits, logs and headers on. */
export function startToolbox(
  database: BenchDatabase,
  mode: 'api' | 'worker' | 'all' = 'api',
): Promise<ServerProcess> {
  const env = {
    NODE_ENV: 'production',
    PORT: '0',
    BIND_ADDRESS: '127.0.0.1',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: database.url('app'),
    DATABASE_RELAY_URL: database.url('relay'),
    SECRET_KEY: secret,
    JWT_SECRET_KEY: secret,
    DATA_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64url'),
    SMTP_HOST: '127.0.0.1',
    SMTP_PORT: '9',
    FROM_EMAIL: 'bench@toolbox.bench',
  };
  return startProcess(['dist/src/main.js', mode], env, /"url":"http:\/\/localhost:(\d+)"/);
}

/** The access tokens that signing in would give to these people. */
export async function issueTokens(users: SeededUser[]): Promise<string[]> {
  const tokens = createAccessTokens({
    keys: createSigningKeyRing({ secret }),
    issuer: publicUrl,
    lifetimeMinutes: 600,
    clock: systemClock,
  });
  return Promise.all(
    users.map(async ({ userId, orgId, membershipVersion }) => {
      const membership = { orgId, role: 'member', version: membershipVersion } as const;
      return (await tokens.issue({ userId, sessionId: userId, platformAdmin: false, membership })).token;
    }),
  );
}
