import { PLATFORM_ORG_ID } from '../ids.js';
import type { StoredEvent } from './event.js';

/** Whose feed it is: the events of the organization they work in, and those addressed to the account. */
export interface FeedReader {
  userId: string;
  orgId: string | null;
}

/** Why events between the cursor and the next entry cannot be given: read the current state instead. */
export type GapReason = 'cursor-too-old' | 'log-restored' | 'stream-not-covered';

export type FeedEntry =
  { kind: 'event'; event: StoredEvent; cursor: string } | { kind: 'gap'; reason: GapReason; cursor: string };

export function streamsOf(reader: FeedReader): string[] {
  return reader.orgId ? [reader.orgId, PLATFORM_ORG_ID] : [PLATFORM_ORG_ID];
}

export interface FeedStart {
  epoch: number;
  positions: Map<string, bigint>;
  gap: GapReason | null;
}
