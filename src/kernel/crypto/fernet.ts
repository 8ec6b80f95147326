import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { decodeBase64Url, encodeBase64Url } from './base64url.js';
import { equalBytes } from './constant-time.js';
import { CryptoError } from './crypto-error.js';

const VERSION = 0x80;
const IV_OFFSET = 9;
const CIPHERTEXT_OFFSET = 25;
const BLOCK_BYTES = 16;
const MAC_BYTES = 32;
const SHORTEST_BYTES = CIPHERTEXT_OFFSET + BLOCK_BYTES + MAC_BYTES;
const MAX_CLOCK_SKEW_SECONDS = 60;

export interface FernetEncryptOptions {
  /** The time written into the token; the current time by default. */
  now?: Date;
  /** 16 bytes; random by default. Only test vectors fix it. */
  iv?: Uint8Array;
}

export interface FernetDecryptOptions {
  /** Refuse tokens older than this, and ones from more than 60 s ahead. Without it the time is not looked at. */
  ttlSeconds?: number;
  now?: Date;
}

/**
 * Decodes a Fernet key: 32 bytes in base64url, with or without the final `=`.
 * Returns null for anything else.
 */
export function parseFernetKey(text: string): Buffer | null {
  const key = decodeBase64Url(text, 'required') ?? decodeBase64Url(text, 'none');
  return key?.length === 32 ? key : null;
}

/** A new random Fernet key: 32 bytes in base64url, padded as every Fernet library writes it. */
export function generateKey(): string {
  return encodeBase64Url(randomBytes(32), 'required');
}

/**
 * Makes a Fernet token (https://github.com/fernet/spec/blob/master/Spec.md): AES-128-CBC under the second half of
 * the key, then HMAC-SHA256 under the first half.
 */
export function fernetEncrypt(
  key: Buffer,
  plaintext: Uint8Array,
  options: FernetEncryptOptions = {},
): string {
  const iv = options.iv ?? randomBytes(BLOCK_BYTES);
  const header = Buffer.alloc(IV_OFFSET);
  header[0] = VERSION;
  header.writeBigUInt64BE(BigInt(Math.floor((options.now?.getTime() ?? Date.now()) / 1000)), 1);
  const cipher = createCipheriv('aes-128-cbc', key.subarray(16), iv);
  const signed = Buffer.concat([header, iv, cipher.update(plaintext), cipher.final()]);
  return encodeBase64Url(Buffer.concat([signed, mac(key, signed)]), 'required');
}

/**
 * Opens a Fernet token. The MAC is compared, in constant time, before anything is decrypted.
 * Throws CryptoError: 'malformed' (not a token), 'unauthentic' (another key, or altered), 'expired'.
 */
export function fernetDecrypt(key: Buffer, token: string, options: FernetDecryptOptions = {}): Buffer {
  const bytes = parseToken(token);
  const signed = bytes.subarray(0, -MAC_BYTES);
  if (!equalBytes(mac(key, signed), bytes.subarray(-MAC_BYTES))) {
    throw new CryptoError('unauthentic', 'A Fernet token was altered or made with another key.');
  }
  if (options.ttlSeconds !== undefined) checkAge(signed, options.ttlSeconds, options.now ?? new Date());
  const decipher = createDecipheriv(
    'aes-128-cbc',
    key.subarray(16),
    signed.subarray(IV_OFFSET, CIPHERTEXT_OFFSET),
  );
  try {
    return Buffer.concat([decipher.update(signed.subarray(CIPHERTEXT_OFFSET)), decipher.final()]);
  } catch (cause) {
    throw new CryptoError('malformed', 'A Fernet token has wrong padding inside.', { cause });
  }
}

function parseToken(token: string): Buffer {
  const bytes = decodeBase64Url(token, 'required');
  const wholeBlocks = bytes !== null && (bytes.length - SHORTEST_BYTES) % BLOCK_BYTES === 0;
  if (!wholeBlocks || bytes.length < SHORTEST_BYTES || bytes[0] !== VERSION) {
    throw new CryptoError('malformed', 'A value is not a Fernet token.');
  }
  return bytes;
}

function checkAge(signed: Buffer, ttlSeconds: number, now: Date): void {
  const madeAt = Number(signed.readBigUInt64BE(1));
  const nowSeconds = Math.floor(now.getTime() / 1000);
  if (madeAt + ttlSeconds < nowSeconds) throw new CryptoError('expired', 'A Fernet token is too old.');
  if (madeAt > nowSeconds + MAX_CLOCK_SKEW_SECONDS) {
    throw new CryptoError(
      'expired',
      'A Fernet token was made in the future. Compare the clocks of the machines.',
    );
  }
}

function mac(key: Buffer, signed: Uint8Array): Buffer {
  return createHmac('sha256', key.subarray(0, 16)).update(signed).digest();
}
