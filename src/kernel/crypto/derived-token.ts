import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { CryptoError } from './crypto-error.js';
import { fingerprintKey } from './key-ring.js';

/** What a token is for, and the prefix that tells it apart (secret scanners and our own log masking know `tbx`). */
const prefixes = {
  verification: 'tbxv_',
  refresh: 'tbxr_',
  invitation: 'tbxi_',
} as const;

export type TokenPurpose = keyof typeof prefixes;

export interface TokenDeriver {
  /** The id of the current secret, to be stored with each row whose token is derived now. */
  readonly keyId: string;
  /**
   * The token of a purpose and a row, the same each time. `keyId` is the one that the row remembers; the current
   * secret is used without it. Throws CryptoError 'unknown-key' when that secret is not configured any more.
   */
  derive: (purpose: TokenPurpose, id: string, keyId?: string) => string;
}

/**
 * Opaque tokens that are derived, not drawn: prefix + base64url(HMAC-SHA256(HKDF(secret, purpose), id)).
 *
 * Nothing that opens a door is stored in clear. The database holds the row's id and the SHA-256 of its token; the
 * token itself is made again when it is needed: the link of a mail when the mail is sent, so that no queue holds
 * it; the successor of a refresh token when its predecessor is repeated within the grace period.
 * Whoever reads the database alone can make none of them, since the secret is not in it.
 *
 * `id` must be unpredictable or unique for each token (a UUIDv7 of the token's own row is); deriving again with the
 * same id gives the same token. `old` secrets keep tokens valid that were issued before the secret was changed.
 */
export function createTokenDeriver(secret: Buffer, old: readonly Buffer[] = []): TokenDeriver {
  const secrets = new Map([secret, ...old].map((each) => [fingerprintKey(each), deriveAll(each)]));
  const currentKeyId = fingerprintKey(secret);

  return {
    keyId: currentKeyId,
    derive(purpose, id, keyId = currentKeyId) {
      const keys = secrets.get(keyId);
      if (!keys) {
        throw new CryptoError(
          'unknown-key',
          `A ${purpose} token was derived from the secret ${keyId}, which is not configured. Set it as SECRET_KEY_OLD_1.`,
        );
      }
      return prefixes[purpose] + createHmac('sha256', keys[purpose]).update(id, 'utf8').digest('base64url');
    },
  };
}

/** SHA-256 of a token: what is stored, and looked up by. Enough without salt, as a token has 256 bits. */
export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token, 'utf8').digest();
}

/** Whether a text has the form of a token of this purpose; a cheap refusal before any query. */
export function looksLikeToken(purpose: TokenPurpose, text: string): boolean {
  return text.startsWith(prefixes[purpose]) && /^[\w-]{43}$/.test(text.slice(prefixes[purpose].length));
}

function deriveAll(secret: Buffer): Record<TokenPurpose, Buffer> {
  const derive = (purpose: TokenPurpose) =>
    Buffer.from(hkdfSync('sha256', secret, new Uint8Array(0), `toolbox/token/${purpose}/v1`, 32));
  return {
    verification: derive('verification'),
    refresh: derive('refresh'),
    invitation: derive('invitation'),
  };
}
