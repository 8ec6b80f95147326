import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { decodeBase64Url } from './base64url.js';
import { CryptoError } from './crypto-error.js';

const PREFIX = 'tbx1.';
const KEY_ID_PATTERN = /^[0-9a-f]{8}$/;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Where a value is stored. A ciphertext moved to another place does not decrypt there. */
export interface Place {
  table: string;
  /** The row's primary key; for a composite key, its parts joined by the caller. */
  id: string;
  column: string;
}

export interface ParsedEnvelope {
  keyId: string;
  nonce: Buffer;
  ciphertext: Buffer;
  tag: Buffer;
}

/** Whether a value is written in this format; says nothing about whether it can be opened. */
export function isEnvelope(value: string): boolean {
  return value.startsWith(PREFIX);
}

/** The AES-256 key that belongs to a Fernet-compatible key, so that one configured key serves both formats. */
export function deriveEnvelopeKey(fernetKey: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', fernetKey, new Uint8Array(0), 'toolbox/envelope/aes-256-gcm/v1', 32));
}

/**
 * Writes `tbx1.<keyId>.<base64url(nonce | ciphertext | tag)>` with AES-256-GCM (NIST SP 800-38D). The format, the
 * key's id and the place are authenticated with it.
 */
export function sealEnvelope(key: Buffer, keyId: string, plaintext: Uint8Array, place: Place): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(associatedData(keyId, place));
  const body = Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  return `${PREFIX}${keyId}.${body.toString('base64url')}`;
}

/** Takes an envelope apart without opening it. Throws CryptoError 'malformed'. */
export function parseEnvelope(value: string): ParsedEnvelope {
  const [version, keyId = '', encoded = '', ...more] = value.split('.');
  const body = decodeBase64Url(encoded, 'none');
  const shapeFits = `${version}.` === PREFIX && KEY_ID_PATTERN.test(keyId) && more.length === 0;
  if (!shapeFits || body === null || body.length < NONCE_BYTES + TAG_BYTES) {
    throw new CryptoError('malformed', 'A stored value is not an encrypted envelope, or was cut off.');
  }
  return {
    keyId,
    nonce: body.subarray(0, NONCE_BYTES),
    ciphertext: body.subarray(NONCE_BYTES, -TAG_BYTES),
    tag: body.subarray(-TAG_BYTES),
  };
}

/** Opens a parsed envelope. Throws CryptoError 'unauthentic' when key, place or bytes differ. */
export function openEnvelope(key: Buffer, envelope: ParsedEnvelope, place: Place): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, envelope.nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(envelope.keyId, place)).setAuthTag(envelope.tag);
  try {
    return Buffer.concat([decipher.update(envelope.ciphertext), decipher.final()]);
  } catch (cause) {
    const where = `${place.table}.${place.column}`;
    throw new CryptoError(
      'unauthentic',
      `An encrypted value in ${where} was altered, or belongs to another row or column.`,
      { cause },
    );
  }
}

/** JSON keeps the parts apart: `a:b` + `c` and `a` + `b:c` must not be the same place. */
function associatedData(keyId: string, place: Place): Buffer {
  return Buffer.from(JSON.stringify([PREFIX, keyId, place.table, place.id, place.column]));
}
