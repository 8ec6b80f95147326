import { createHash, hkdfSync } from 'node:crypto';
import { CryptoError } from './crypto-error.js';
import {
  deriveEnvelopeKey,
  isEnvelope,
  openEnvelope,
  parseEnvelope,
  type Place,
  sealEnvelope,
} from './envelope.js';
import { fernetDecrypt, parseFernetKey } from './fernet.js';

export interface KeyRingKeys {
  /** Fernet-compatible: 32 bytes in base64url. New values are encrypted with this one. */
  current: string;
  /** Earlier keys, newest first; they only read. */
  old: string[];
}

export interface KeyRing {
  /** Encrypts text under the current key, tied to the place where it will be stored. */
  encrypt: (plaintext: string, place: Place) => string;
  /**
   * Opens a value of either format under the key that made it.
   * A Fernet token carries no place, so one that was moved cannot be told: rotate such values soon.
   * Throws CryptoError: 'malformed', 'unknown-key', 'unauthentic'.
   */
  decrypt: (value: string, place: Place) => string;
  /** Whether a value is a Fernet token or under an old key, and should be encrypted anew. Throws as `decrypt` does. */
  needsRotation: (value: string) => boolean;
  /** Ids of all keys, the current one first. */
  readonly keyIds: readonly string[];
}

interface RingKey {
  id: string;
  fernetKey: Buffer;
  envelopeKey: Buffer;
}

/**
 * Field encryption under several keys at once. New values are envelopes under the current key; envelopes and
 * Fernet tokens under any key of the ring are read.
 * Throws CryptoError 'invalid-key' for a malformed or repeated key, without showing it.
 */
export function createKeyRing({ current, old }: KeyRingKeys): KeyRing {
  const currentKey = readKey(current, 'The current data encryption key');
  const keys = [
    currentKey,
    ...old.map((text, index) => readKey(text, `Old data encryption key ${index + 1}`)),
  ];
  refuseRepeated(keys);
  const byId = new Map(keys.map((key) => [key.id, key]));

  return {
    keyIds: Object.freeze(keys.map((key) => key.id)),
    encrypt: (plaintext, place) =>
      sealEnvelope(currentKey.envelopeKey, currentKey.id, Buffer.from(plaintext, 'utf8'), place),
    decrypt: (value, place) =>
      (isEnvelope(value) ? decryptEnvelope(byId, value, place) : decryptFernet(keys, value)).toString('utf8'),
    needsRotation: (value) => !isEnvelope(value) || parseEnvelope(value).keyId !== currentKey.id,
  };
}

/**
 * A short name of a key that may stand in stored values and logs: made from a derivation of the key of its own, so
 * that it says nothing about the bytes that encrypt.
 */
export function fingerprintKey(key: Uint8Array): string {
  const derived = hkdfSync('sha256', key, new Uint8Array(0), 'toolbox/key-id/v1', 32);
  return createHash('sha256').update(new Uint8Array(derived)).digest('hex').slice(0, 8);
}

function readKey(text: string, name: string): RingKey {
  const fernetKey = parseFernetKey(text);
  if (fernetKey === null) {
    throw new CryptoError(
      'invalid-key',
      `${name} is not 32 bytes in base64url (44 characters). Make one with \`npm run keys -- generate\`.`,
    );
  }
  return { id: fingerprintKey(fernetKey), fernetKey, envelopeKey: deriveEnvelopeKey(fernetKey) };
}

function refuseRepeated(keys: RingKey[]): void {
  const ids = keys.map((key) => key.id);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated === undefined) return;
  throw new CryptoError(
    'invalid-key',
    `The data encryption key ${repeated} is given twice. Name each key once, as the current or as an old one.`,
  );
}

function decryptEnvelope(byId: Map<string, RingKey>, value: string, place: Place): Buffer {
  const envelope = parseEnvelope(value);
  const key = byId.get(envelope.keyId);
  if (!key) {
    throw new CryptoError(
      'unknown-key',
      `A value in ${place.table}.${place.column} is encrypted with the key ${envelope.keyId}, which is not configured. ` +
        'Set it as DATA_ENCRYPTION_KEY_OLD_1 or _OLD_2.',
    );
  }
  return openEnvelope(key.envelopeKey, envelope, place);
}

function decryptFernet(keys: RingKey[], value: string): Buffer {
  for (const key of keys) {
    try {
      return fernetDecrypt(key.fernetKey, value);
    } catch (error) {
      // A Fernet token does not name its key: a wrong MAC only means that the next key has to be tried.
      if (!(error instanceof CryptoError && error.reason === 'unauthentic')) throw error;
    }
  }
  throw new CryptoError('unknown-key', 'A Fernet token was altered, or its key is not configured.');
}
