import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import { CryptoError } from '../../../src/kernel/crypto/crypto-error.js';
import { createSigningKeyRing, type SigningKey } from '../../../src/kernel/crypto/signing-keys.js';

const secretA = 'an access token secret of more than 32 bytes';
const secretB = 'yet another token secret of more than 32 bytes';

function newPem(): string {
  return generateKeyPairSync('ed25519').privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

function sign({ algorithm, kid, key }: SigningKey): Promise<string> {
  return new SignJWT({}).setProtectedHeader({ alg: algorithm, kid }).setSubject('user').sign(key);
}

describe('the ring of signing keys', () => {
  it.each([
    ['HS256', secretA],
    ['EdDSA', newPem()],
    ['EdDSA', newPem().replaceAll('\n', '\\n')],
  ])('signs and verifies with %s', async (algorithm, secret) => {
    const { current, find } = createSigningKeyRing({ secret });
    const found = find(current.kid);
    expect(found?.algorithm).toBe(algorithm);
    const verified = await jwtVerify(await sign(current), found?.verifyKey ?? new Uint8Array(), {
      algorithms: [algorithm],
    });
    expect(verified.payload.sub).toBe('user');
  });

  it('finds previous keys by their kid, also of the other algorithm, and signs with the current one', () => {
    const before = createSigningKeyRing({ secret: secretA });
    const after = createSigningKeyRing({ secret: newPem() }, [{ secret: secretA }]);
    expect(after.current.algorithm).toBe('EdDSA');
    expect(after.find(before.current.kid)?.algorithm).toBe('HS256');
    expect(after.keys.map(({ kid }) => kid)).toEqual([after.current.kid, before.current.kid]);
  });

  it('finds no key for an unknown or missing kid', () => {
    const { find } = createSigningKeyRing({ secret: secretA });
    expect(find('00000000')).toBeNull();
    expect(find(undefined)).toBeNull();
    expect(find('__proto__')).toBeNull();
  });

  it('lets a previous key go at its time', () => {
    const notAfter = new Date('2026-01-01T00:00:00Z');
    const { keys, find } = createSigningKeyRing({ secret: secretA }, [{ secret: secretB, notAfter }]);
    const kid = keys[1]?.kid;
    expect(find(kid, new Date('2025-12-31T23:59:59Z'))?.kid).toBe(kid);
    expect(find(kid, notAfter)).toBeNull();
  });

  it('keeps an EdDSA private key out of verification', () => {
    const { current } = createSigningKeyRing({ secret: newPem() });
    expect([current.key.type, current.verifyKey.type]).toEqual(['private', 'public']);
  });

  it('refuses empty, foreign and repeated keys without showing them', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const rsaPem = rsa.export({ format: 'pem', type: 'pkcs8' }).toString();
    expect(() => createSigningKeyRing({ secret: '' })).toThrow(CryptoError);
    expect(() => createSigningKeyRing({ secret: rsaPem })).toThrow(/not an Ed25519 private key/);
    expect(() => createSigningKeyRing({ secret: '-----BEGIN PRIVATE KEY-----\nabc' })).toThrow(
      /not an Ed25519/,
    );
    expect(() => createSigningKeyRing({ secret: secretA }, [{ secret: secretA }])).toThrow(/given twice/);
  });
});
