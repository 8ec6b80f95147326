import { v5, v7 } from 'uuid';

/** Makes identifiers, injected so that tests can foresee them. */
export interface Ids {
  /** A UUIDv7 (RFC 9562): sorts by creation time, safe to show. */
  next(): string;
}

export const uuidV7Ids: Ids = { next: () => v7() };

/** The stream of what belongs to no organization: accounts, sessions, the platform itself. */
export const PLATFORM_ORG_ID = '00000000-0000-0000-0000-000000000000';

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: string): boolean {
  return uuidPattern.test(value);
}

/** A UUIDv5 of the parts: the same parts always give the same id, so that a repeated insert meets itself. */
export function deterministicId(...parts: [string, ...string[]]): string {
  return v5(parts.join('\n'), '6f1b0a52-1f5e-5c39-9d4e-2f8a52c1e7b3');
}

/** The lowest UUIDv7 of a millisecond: ids from then on are not below it. */
export function uuidFloor(time: Date): string {
  const hex = time.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
