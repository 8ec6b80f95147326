import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { CryptoError } from './crypto-error.js';
import { fingerprintKey } from './key-ring.js';

export type SigningAlgorithm = 'HS256' | 'EdDSA';

export interface SigningKey {
  /** The JWT header's `kid`. */
  kid: string;
  algorithm: SigningAlgorithm;
  /** Signs: the secret of HS256, the private key of EdDSA. */
  key: KeyObject;
  /** Verifies: the same secret of HS256, the public key of EdDSA. */
  verifyKey: KeyObject;
  /** From when on tokens of this key are refused; without it, as long as the key is configured. */
  notAfter?: Date;
}

export interface SigningSecret {
  /** An HS256 secret, or an Ed25519 private key as PKCS#8 PEM, whose line breaks may be written `\n`. */
  secret: string;
  notAfter?: Date;
}

export interface SigningKeyRing {
  readonly current: SigningKey;
  /** Of the current key first. */
  readonly keys: readonly SigningKey[];
  /**
   * The key of a token's `kid`, or null when it is unknown or past `notAfter`. The token's own `alg` decides
   * nothing: verify with the `algorithm` given here only (RFC 8725, section 3.1).
   */
  find: (kid: string | undefined, now?: Date) => SigningKey | null;
}

/**
 * The keys that sign and verify access tokens; key objects are built once, as building one for each request costs
 * more than the signature. Only the current key signs, previous ones verify until their tokens have run out.
 * How strong a secret has to be is the configuration's to say (RFC 7518, section 3.2: 32 bytes for HS256).
 * Throws CryptoError 'invalid-key' without showing any key.
 */
export function createSigningKeyRing(
  current: SigningSecret,
  previous: readonly SigningSecret[] = [],
): SigningKeyRing {
  const currentKey = buildKey(current, 'JWT_SECRET_KEY');
  const keys = [currentKey, ...previous.map((each) => buildKey(each, 'A previous JWT key'))];
  const byKid = new Map(keys.map((key) => [key.kid, key]));
  if (byKid.size !== keys.length) {
    throw new CryptoError(
      'invalid-key',
      'The same JWT key is given twice. Name each key once, as current or previous.',
    );
  }
  return {
    current: currentKey,
    keys: Object.freeze(keys),
    find(kid, now = new Date()) {
      const key = kid === undefined ? undefined : byKid.get(kid);
      if (!key) return null;
      return key.notAfter && key.notAfter <= now ? null : key;
    },
  };
}

/** The algorithm that a configured secret is for. */
export function algorithmOfSecret(secret: string): SigningAlgorithm {
  return secret.trimStart().startsWith('-----BEGIN') ? 'EdDSA' : 'HS256';
}

function buildKey({ secret, notAfter }: SigningSecret, name: string): SigningKey {
  const built = algorithmOfSecret(secret) === 'HS256' ? buildHs256(secret, name) : buildEdDsa(secret, name);
  return Object.freeze({ ...built, ...(notAfter && { notAfter }) });
}

function buildHs256(secret: string, name: string): SigningKey {
  const bytes = Buffer.from(secret, 'utf8');
  if (bytes.length === 0)
    throw new CryptoError('invalid-key', `${name} is empty. Make one with \`npm run keys -- generate\`.`);
  const key = createSecretKey(bytes);
  return { kid: fingerprintKey(bytes), algorithm: 'HS256', key, verifyKey: key };
}

/** RFC 8037: EdDSA over Ed25519. */
function buildEdDsa(pem: string, name: string): SigningKey {
  const key = readPem(pem.replaceAll('\\n', '\n'), name);
  const verifyKey = createPublicKey(key);
  const kid = fingerprintKey(verifyKey.export({ format: 'der', type: 'spki' }));
  return { kid, algorithm: 'EdDSA', key, verifyKey };
}

function readPem(pem: string, name: string): KeyObject {
  const refusal = `${name} is not an Ed25519 private key in PKCS#8 PEM. Make one with \`openssl genpkey -algorithm ed25519\`.`;
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    // The parser's own message is left out: it may quote what it was given.
    throw new CryptoError('invalid-key', refusal);
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new CryptoError('invalid-key', refusal);
  return key;
}
