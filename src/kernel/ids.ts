import { randomFillSync } from 'node:crypto';
import { v5, v7 } from 'uuid';

/** Makes identifiers, injected so that tests can foresee them. */
export interface Ids {
  /** A UUIDv7 (RFC 9562): sorts by creation time, safe to show. */
  next(): string;
}

const poolBytes = 4096;
const bytesPerId = 16;

/**
 * UUIDv7s of this process, ascending also within a millisecond. Random bytes are fetched for 256 ids at once:
 * asking for them one by one costs more than everything else about an id.
 */
export function createUuidV7Ids(): Ids {
  const pool = new Uint8Array(poolBytes);
  let used = poolBytes;
  let lastMs = 0;
  let sequence = 0;

  function randomBytes(): Uint8Array {
    if (used === poolBytes) {
      randomFillSync(pool);
      used = 0;
    }
    used += bytesPerId;
    return pool.subarray(used - bytesPerId, used);
  }

  return {
    next() {
      const random = randomBytes();
      const nowMs = Date.now();
      if (nowMs > lastMs) {
        lastMs = nowMs;
        // 31 bits: room to count up from there.
        sequence = ((random[0] ?? 0) << 23) | ((random[1] ?? 0) << 15) | ((random[2] ?? 0) << 7);
      } else {
        sequence += 1;
      }
      return v7({ random, msecs: lastMs, seq: sequence });
    },
  };
}

export const uuidV7Ids: Ids = createUuidV7Ids();

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
