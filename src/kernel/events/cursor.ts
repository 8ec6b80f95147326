import { CursorInvalidError } from '../errors.js';
import { isUuid } from '../ids.js';

/** How far a reader has come in each stream that it reads. */
export interface FeedPosition {
  epoch: number;
  positions: ReadonlyMap<string, bigint>;
}

const version = '1';
const maxLength = 4096;

/** The opaque text of a position. Clients keep it and hand it back; its form may change. */
export function encodeCursor({ epoch, positions }: FeedPosition): string {
  const streams = [...positions].map(([orgId, position]) => `${orgId}:${position}`).join(',');
  return Buffer.from(`${version};${epoch};${streams}`).toString('base64url');
}

/** @throws CursorInvalidError for anything that {@link encodeCursor} did not make. */
export function decodeCursor(cursor: string): FeedPosition {
  if (cursor.length > maxLength) throw new CursorInvalidError();
  const [cursorVersion, epoch = '', streams = '', rest] = Buffer.from(cursor, 'base64url')
    .toString()
    .split(';');
  if (cursorVersion !== version || !/^\d{1,12}$/.test(epoch) || rest !== undefined)
    throw new CursorInvalidError();
  const positions = new Map<string, bigint>();
  for (const stream of streams.split(',')) {
    const [orgId = '', position = ''] = stream.split(':');
    if (!isUuid(orgId) || !/^\d{1,18}$/.test(position)) throw new CursorInvalidError();
    positions.set(orgId, BigInt(position));
  }
  const decoded = { epoch: Number(epoch), positions };
  // Decoding is lenient: foreign characters are skipped, a repeated stream counts once.
  if (encodeCursor(decoded) !== cursor) throw new CursorInvalidError();
  return decoded;
}
