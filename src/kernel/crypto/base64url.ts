/**
 * Decodes base64url and refuses everything but the one canonical spelling: Node's own decoder skips characters
 * that are not of the alphabet, so that many texts would decode to the same bytes.
 * `padding` says whether `=` must stand at the end (Fernet) or must not (everything newer).
 * Returns null for anything else.
 */
export function decodeBase64Url(text: string, padding: 'required' | 'none'): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return encodeBase64Url(bytes, padding) === text ? bytes : null;
}

/** Encodes as base64url, with `=` to a multiple of four characters when `padding` is 'required'. */
export function encodeBase64Url(bytes: Uint8Array, padding: 'required' | 'none'): string {
  const bare = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');
  return padding === 'none' ? bare : bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
}
