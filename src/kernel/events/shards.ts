/**
 * How many relays can work side by side. A stream always falls into the same shard, whose advisory lock
 * makes one relay its only one. Changing the number is safe only while no event waits for publication.
 */
export const shardCount = 16;

/** The shard of a stream: UUIDv7 ends in random bits, so the last four hex digits spread evenly. */
export function shardOf(orgId: string): number {
  return Number.parseInt(orgId.slice(-4), 16) % shardCount;
}
