import { openInfrastructure, type Infrastructure } from '../../../src/app/infrastructure.js';
import { createAccessTokens } from '../../../src/domains/accounts/access-tokens.js';
import { createSessionService } from '../../../src/domains/accounts/session.service.js';
import { anonymous } from '../../../src/kernel/actor.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { createTokenDeriver } from '../../../src/kernel/crypto/derived-token.js';
import {
  createPasswordHasher,
  PasswordHasherBusyError,
  type PasswordHasher,
} from '../../../src/kernel/crypto/password-hasher.js';
import { createSigningKeyRing } from '../../../src/kernel/crypto/signing-keys.js';
import { uuidV7Ids } from '../../../src/kernel/ids.js';
import { createLogger } from '../../../src/kernel/logger.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const secret = 'a-secret-of-more-than-32-bytes-0123456789';

describe('the password of a sign-in', () => {
  let database: TestDatabase;
  let infrastructure: Infrastructure;
  beforeAll(async () => {
    database = await createTestDatabase();
    infrastructure = await openInfrastructure({
      databaseUrl: database.url('app'),
      poolSize: 2,
      busKind: 'in-process',
      log: createLogger({ level: 'silent' }),
      clock: systemClock,
      ids: uuidV7Ids,
    });
  });
  afterAll(async () => {
    await infrastructure.close();
    await database.drop();
  });

  function signInWith(passwords: PasswordHasher, login: string) {
    const clock = systemClock;
    const keys = createSigningKeyRing({ secret });
    const sessions = createSessionService({
      passwords,
      tokens: createTokenDeriver(Buffer.from(secret)),
      accessTokens: createAccessTokens({ keys, issuer: 'http://toolbox.test', lifetimeMinutes: 30, clock }),
      memberships: { find: () => Promise.resolve(null) },
      settings: { refreshTokenDays: 7, refreshGraceSeconds: 10 },
    });
    const ctx = infrastructure.createContext({ actor: anonymous, requestId: 'test' });
    return sessions.signIn(ctx, { login, password: 'some password' });
  }

  /** The real hasher, which also says what it was asked. */
  function recording(): { passwords: PasswordHasher; asked: string[] } {
    const real = createPasswordHasher({ memoryKib: 8, passes: 1 });
    const asked: string[] = [];
    const passwords: PasswordHasher = {
      ...real,
      verify: (stored, password) => {
        asked.push('verify');
        return real.verify(stored, password);
      },
      verifyAgainstNothing: (password) => {
        asked.push('verifyAgainstNothing');
        return real.verifyAgainstNothing(password);
      },
    };
    return { passwords, asked };
  }

  it.each(['nobody', 'nobody@example.com'])(
    'costs the same work when there is no account %s, so that time does not tell',
    async (login) => {
      const { passwords, asked } = recording();
      await expect(signInWith(passwords, login)).rejects.toMatchObject({
        code: 'ACCOUNTS_INVALID_CREDENTIALS',
      });
      // Once for the account, once for a registration that waits.
      expect(asked).toEqual(['verifyAgainstNothing', 'verifyAgainstNothing']);
    },
  );

  it('is hashed anew when its hash was made with other parameters, and once', async () => {
    const weak = createPasswordHasher({ memoryKib: 8, passes: 1 });
    const strong = createPasswordHasher({ memoryKib: 16, passes: 1 });
    await database.query(
      'owner',
      `insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at, created_at, updated_at)
       values (gen_random_uuid(), 'old', 'old', 'old', 'old', 'old', $1, now(), now(), now())`,
      [await weak.hash('some password')],
    );
    const stored = async () => {
      const sql = `select password_hash from account where username_key = 'old'`;
      return (await database.query<{ password_hash: string }>('owner', sql))[0]?.password_hash ?? '';
    };
    const busy = { ...strong, hash: () => Promise.reject(new PasswordHasherBusyError('full')) };
    await signInWith(busy, 'old');
    expect(strong.needsRehash(await stored())).toBe(true);
    await signInWith(strong, 'old');
    const renewed = await stored();
    expect(strong.needsRehash(renewed)).toBe(false);
    await signInWith(strong, 'old');
    expect(await stored()).toBe(renewed);
  });

  it('is not checked when too many wait already: the answer is to come back', async () => {
    const full = () => Promise.reject(new PasswordHasherBusyError('full'));
    const passwords = { ...recording().passwords, verifyAgainstNothing: full };
    await expect(signInWith(passwords, 'nobody')).rejects.toMatchObject({
      code: 'BUSY',
      kind: 'unavailable',
    });
  });
});
