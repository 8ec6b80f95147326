/** The kinds of value that an environment variable may hold; each turns its text into the typed value. */
import { isIPv6 } from 'node:net';
import { z } from 'zod';
import { usernamePattern, usernameRule } from '../../domains/accounts/names.js';
import { parseFernetKey } from '../../kernel/crypto/fernet.js';

export const text = z.string();

export const email = z
  .string()
  .regex(/^[^\s@<>",;:]+@[^\s@<>",;:]+$/, 'must be a plain e-mail address such as help@example.com');

/** As people choose them when they register. */
export const username = z.string().regex(usernamePattern, usernameRule);

/** A password to sign in with; never echoed when wrong. */
export function password(minCharacters: number) {
  return z
    .string()
    .refine(
      (raw) => raw.length >= minCharacters && Buffer.byteLength(raw) <= 1024,
      `must have at least ${minCharacters} characters, and at most 1,024 bytes`,
    );
}

/** A host name or address without port. */
export const host = z
  .string()
  .refine((raw) => isServer(`${bracketed(raw)}:1`), 'must be a host name or address, without port');

/** A host name or address, with or without port; an IPv6 address in brackets. */
export const server = z.string().refine(isServer, 'must be host or host:port');

export const bool = z.string().transform((raw, context) => {
  if (/^(true|1|yes|on)$/i.test(raw)) return true;
  if (/^(false|0|no|off)$/i.test(raw)) return false;
  context.addIssue({ code: 'custom', message: 'must be true or false' });
  return z.NEVER;
});

export const fernetKey = z
  .string()
  .refine(
    (raw) => parseFernetKey(raw) !== null,
    'must be 32 bytes in base64url (44 characters); `npm run keys -- generate` makes one',
  );

export const isoTime = z.string().transform((raw, context) => {
  const time = /^\d{4}-\d{2}-\d{2}/.test(raw) ? new Date(raw) : null;
  if (time && !Number.isNaN(time.getTime())) return time.toISOString();
  context.addIssue({ code: 'custom', message: 'must be a date such as 2026-01-31 or 2026-01-31T12:00:00Z' });
  return z.NEVER;
});

/** A whole number from `min` to `max`. */
export function whole(min: number, max: number) {
  return z.string().transform((raw, context) => {
    const value = /^\d{1,15}$/.test(raw) ? Number(raw) : Number.NaN;
    if (value >= min && value <= max) return value;
    context.addIssue({ code: 'custom', message: `must be a whole number from ${min} to ${max}` });
    return z.NEVER;
  });
}

/** One of some words, in any case; `alsoKnownAs` maps further spellings to them. */
export function oneOf<const W extends string>(words: readonly W[], alsoKnownAs: Record<string, W> = {}) {
  return z.string().transform((raw, context) => {
    const lower = raw.toLowerCase();
    const word = words.find((each) => each.toLowerCase() === lower) ?? alsoKnownAs[lower];
    if (word !== undefined) return word;
    context.addIssue({ code: 'custom', message: `must be one of ${words.join(', ')}` });
    return z.NEVER;
  });
}

/** A URL with one of these protocols and a host. It is not echoed when wrong, as it may hold a password. */
export function url(...protocols: string[]) {
  return z.string().refine(
    (raw) => {
      if (!URL.canParse(raw)) return false;
      const { protocol, hostname } = new URL(raw);
      return protocols.includes(protocol.slice(0, -1)) && hostname !== '';
    },
    `must be a URL that begins with ${protocols.map((each) => `${each}://`).join(' or ')}`,
  );
}

/** The address under which users reach the server: no credentials, query or fragment; without its final slash. */
export const publicUrl = url('http', 'https').transform((raw, context) => {
  const parsed = new URL(raw);
  if (!parsed.username && !parsed.password && !parsed.search && !parsed.hash)
    return parsed.href.replace(/\/+$/, '');
  context.addIssue({ code: 'custom', message: 'must have no credentials, query or fragment' });
  return z.NEVER;
});

/** An IPv6 address as URLs have it, in brackets. */
export function bracketed(host: string): string {
  return isIPv6(host) ? `[${host}]` : host;
}

function isServer(raw: string): boolean {
  return !/[\s/@?#\\]/.test(raw) && URL.canParse(`postgres://${raw}`);
}
