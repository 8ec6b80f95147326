import { v7 } from 'uuid';
import { createAuthenticate } from '../../src/app/authenticate.js';
import { createAccessTokens } from '../../src/domains/accounts/access-tokens.js';
import { AccessTokenRefusedError, type AccessTokens } from '../../src/domains/accounts/index.js';
import { createSigningKeyRing } from '../../src/kernel/crypto/signing-keys.js';
import type { UserActor } from '../../src/kernel/actor.js';
import { createTestClock } from '../support/test-clock.js';

const lifetimeMinutes = 15;

function createScene() {
  const clock = createTestClock();
  const keys = createSigningKeyRing({ secret: 'test-jwt-secret-0123456789-abcdefghijklmn' }, []);
  const accessTokens = createAccessTokens({ keys, issuer: 'http://toolbox.test', lifetimeMinutes, clock });
  const revoked = new Set<string>();
  const verified: string[] = [];
  const counted: AccessTokens = {
    ...accessTokens,
    verify(token) {
      verified.push(token);
      return accessTokens.verify(token);
    },
  };
  const revocations = {
    start: () => Promise.resolve(),
    isRevoked: ({ sessionId }: UserActor) => revoked.has(sessionId),
    onRevoked: () => () => undefined,
    stop: () => undefined,
  };
  const issue = async () => {
    const subject = { userId: v7(), sessionId: v7(), platformAdmin: false, membership: null };
    return { ...subject, authorization: `Bearer ${(await accessTokens.issue(subject)).token}` };
  };
  return {
    clock,
    revoked,
    verified,
    issue,
    authenticate: createAuthenticate({ accessTokens: counted, revocations, clock }),
  };
}

describe('who an authorization header speaks for', () => {
  it('is nobody without one', async () => {
    const { authenticate } = createScene();
    for (const header of [undefined, null, '']) {
      expect(await authenticate(header)).toMatchObject({ actor: { kind: 'anonymous' }, expiresAt: null });
    }
  });

  it('is verified once and known from then on', async () => {
    const { authenticate, issue, verified } = createScene();
    const { authorization, userId } = await issue();
    const answers = [await authenticate(authorization), await authenticate(authorization)];
    expect(answers.map(({ actor }) => actor)).toMatchObject([{ userId }, { userId }]);
    expect(verified).toHaveLength(1);
  });

  it('is never taken for that of another one', async () => {
    const { authenticate, issue } = createScene();
    const people = await Promise.all(Array.from({ length: 20 }, issue));
    for (const { authorization, userId } of [...people, ...people]) {
      expect(await authenticate(authorization)).toMatchObject({ actor: { userId } });
    }
  });

  it('is refused when any byte of a known header is another', async () => {
    const { authenticate, issue } = createScene();
    const { authorization } = await issue();
    await authenticate(authorization);
    const start = 'Bearer '.length;
    for (let place = start; place < authorization.length; place += 7) {
      const other = authorization[place] === 'A' ? 'B' : 'A';
      const forged = authorization.slice(0, place) + other + authorization.slice(place + 1);
      await expect(authenticate(forged)).rejects.toThrow(AccessTokenRefusedError);
    }
    for (const forged of [
      `${authorization}A`,
      authorization.slice(0, -1),
      `Basic ${authorization.slice(start)}`,
      'Bearer',
    ]) {
      await expect(authenticate(forged)).rejects.toThrow(AccessTokenRefusedError);
    }
  });

  it('is verified again, and refused, when its token has expired', async () => {
    const { authenticate, issue, verified, clock } = createScene();
    const { authorization } = await issue();
    await authenticate(authorization);
    clock.advanceMs((lifetimeMinutes * 60 + 10) * 1000);
    await expect(authenticate(authorization)).rejects.toThrow(AccessTokenRefusedError);
    expect(verified).toHaveLength(2);
  });

  it('is refused as soon as its access has ended, also when it is known', async () => {
    const { authenticate, issue, revoked } = createScene();
    const { authorization, sessionId } = await issue();
    await authenticate(authorization);
    revoked.add(sessionId);
    await expect(authenticate(authorization)).rejects.toThrow(AccessTokenRefusedError);
    const other = await issue();
    expect(await authenticate(other.authorization)).toMatchObject({ actor: { userId: other.userId } });
  });
});
