import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { createAccessTokens, type AccessTokenSubject } from '../../../src/domains/accounts/access-tokens.js';
import { AccessTokenRefusedError } from '../../../src/domains/accounts/accounts.errors.js';
import { createSigningKeyRing } from '../../../src/kernel/crypto/signing-keys.js';
import { createTestClock } from '../../support/test-clock.js';

const issuer = 'http://toolbox.test';
const secret = 'a-secret-of-more-than-32-bytes-0123456789';
const otherSecret = 'another-secret-of-more-than-32-bytes-0123';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
const publicPem = publicKey.export({ format: 'pem', type: 'spki' }) as string;

const subject: AccessTokenSubject = {
  userId: '0198c2f0-0000-7000-8000-000000000001',
  sessionId: '0198c2f0-0000-7000-8000-000000000002',
  platformAdmin: false,
  membership: { orgId: '0198c2f0-0000-7000-8000-000000000003', role: 'member', version: 7 },
};

function setUp(current: string, old: { secret: string; notAfter?: Date }[] = []) {
  const clock = createTestClock();
  const keys = createSigningKeyRing({ secret: current }, old);
  return { clock, keys, tokens: createAccessTokens({ keys, issuer, lifetimeMinutes: 30, clock }) };
}

const { keys, tokens } = setUp(secret);

interface Forgery {
  alg?: string;
  kid?: string | null;
  typ?: string | null;
  iss?: string;
  aud?: string;
  claims?: Record<string, unknown>;
  drop?: string[];
  key?: Parameters<SignJWT['sign']>[0];
}

/** A token that is right but for what is given. */
function forge({
  alg = 'HS256',
  kid = keys.current.kid,
  typ = 'at+jwt',
  claims,
  drop = [],
  ...rest
}: Forgery) {
  const now = Math.floor(Date.now() / 1000);
  const payload: Record<string, unknown> = {
    sub: subject.userId,
    sid: subject.sessionId,
    iss: rest.iss ?? issuer,
    aud: rest.aud ?? 'toolbox',
    iat: now,
    exp: now + 600,
    ...claims,
  };
  for (const name of drop) delete payload[name];
  return new SignJWT(payload)
    .setProtectedHeader({ alg, ...(kid !== null && { kid }), ...(typ !== null && { typ }) })
    .sign(rest.key ?? keys.current.key);
}

const refused = (token: string, by = tokens) =>
  expect(by.verify(token)).rejects.toThrow(AccessTokenRefusedError);
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an access token', () => {
  it.each([
    ['HS256', secret],
    ['EdDSA', pem],
    ['EdDSA with its line breaks written out', pem.replaceAll('\n', '\\n')],
  ])('says who asks, in which session and organization (%s)', async (_algorithm, key) => {
    const { tokens: own } = setUp(key);
    const { token, expiresAt } = await own.issue({ ...subject, platformAdmin: true });
    const verified = await own.verify(token);
    expect(verified.actor).toEqual({ kind: 'user', ...subject, platformAdmin: true });
    expect(Math.abs(verified.expiresAt.getTime() - expiresAt.getTime())).toBeLessThan(1000);
  });

  it('is accepted when it is made by hand with everything right, so that the forgeries below fail for their fault', async () => {
    expect((await tokens.verify(await forge({}))).actor.userId).toBe(subject.userId);
  });

  it.each<[string, Forgery]>([
    ['signed with another key', { key: Buffer.from(otherSecret) }],
    ['of an unknown key id', { kid: 'unknown' }],
    ['without a key id', { kid: null }],
    ['of another issuer', { iss: 'http://elsewhere.test' }],
    ['for another audience', { aud: 'another-service' }],
    ['of another type', { typ: 'JWT' }],
    ['without a type', { typ: null }],
    ['that has expired', { claims: { exp: Math.floor(Date.now() / 1000) - 60 } }],
    ['that is not valid yet', { claims: { nbf: Math.floor(Date.now() / 1000) + 60 } }],
    ['without a session', { drop: ['sid'] }],
    ['without a subject', { drop: ['sub'] }],
    ['without an end', { drop: ['exp'] }],
    ['without a beginning', { drop: ['iat'] }],
    ['signed with a stronger algorithm than its key is for', { alg: 'HS512' }],
  ])('%s is refused', async (_what, forgery) => {
    await refused(await forge(forgery));
  });

  it('that is not signed at all (alg none) is refused', async () => {
    const claims = { sid: subject.sessionId };
    const unsigned = new UnsecuredJWT(claims)
      .setSubject(subject.userId)
      .setIssuer(issuer)
      .setAudience('toolbox');
    const token = unsigned.setIssuedAt().setExpirationTime('10m').encode();
    await refused(token);
    const [, payload = '', signature = ''] = (await forge({})).split('.');
    for (const alg of ['none', 'None', 'NONE', '']) {
      const header = encode({ alg, kid: keys.current.kid, typ: 'at+jwt' });
      await refused(`${header}.${payload}.`);
      await refused(`${header}.${payload}.${signature}`);
    }
  });

  it('signed by HMAC with the public key of EdDSA is refused', async () => {
    const own = setUp(pem);
    const kid = own.keys.current.kid;
    const spki = publicKey.export({ format: 'der', type: 'spki' });
    for (const key of [Buffer.from(publicPem), Buffer.from(publicPem.trim()), spki]) {
      await refused(await forge({ alg: 'HS256', kid, key }), own.tokens);
    }
    expect((await own.tokens.verify(await forge({ alg: 'EdDSA', kid, key: privateKey }))).actor.userId).toBe(
      subject.userId,
    );
  });

  it('of one key that names another is refused, also among several of different algorithms', async () => {
    const own = setUp(pem, [{ secret }]);
    const [current, old] = own.keys.keys as [(typeof own.keys.keys)[0], (typeof own.keys.keys)[0]];
    await refused(await forge({ alg: 'HS256', kid: current.kid, key: old.key }), own.tokens);
    await refused(await forge({ alg: 'EdDSA', kid: old.kid, key: current.key }), own.tokens);
    expect(
      (await own.tokens.verify(await forge({ alg: 'HS256', kid: old.kid, key: old.key }))).actor,
    ).toBeDefined();
  });

  it('is refused when any of its characters is changed', async () => {
    const { token } = await tokens.issue(subject);
    for (let at = 0; at < token.length - 1; at += 1) {
      const changed = token[at] === 'A' ? 'B' : 'A';
      await refused(`${token.slice(0, at)}${changed}${token.slice(at + 1)}`);
    }
  });

  it.each(['', '.', '..', 'a.b.c', 'null', 'é.é.é', `${'x'.repeat(10_000)}.y.z`])(
    'that is none is refused without an error of ours: %j',
    (token) => refused(token),
  );

  it('with a role that does not exist is for no organization', async () => {
    const claims = { org: subject.membership?.orgId, mver: 1, role: 'superowner' };
    expect((await tokens.verify(await forge({ claims }))).actor.membership).toBeNull();
  });

  it('of the previous key is good after a change of keys, until that key is given up', async () => {
    const { token } = await tokens.issue(subject);
    const rotated = setUp(otherSecret, [{ secret }]).tokens;
    expect((await rotated.verify(token)).actor.userId).toBe(subject.userId);
    await refused(token, setUp(otherSecret).tokens);
    await refused(token, setUp(otherSecret, [{ secret, notAfter: new Date(Date.now() - 1000) }]).tokens);
  });

  it('lives for its minutes and five seconds of clocks that differ', async () => {
    const { tokens: own, clock } = setUp(secret);
    const { token } = await own.issue(subject);
    clock.advanceMs(30 * 60_000);
    await own.verify(token);
    clock.advanceMs(7_000);
    await refused(token, own);
  });
});
