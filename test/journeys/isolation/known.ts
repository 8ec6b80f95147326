import { randomBytes } from 'node:crypto';
import { v7 } from 'uuid';
import { decodeCursor, encodeCursor } from '../../../src/kernel/events/cursor.js';
import { decodeKeysetCursor, encodeKeysetCursor } from '../../../src/kernel/pagination.js';

/** What a stranger may have got hold of: identifiers and cursors of an organization, none of its secrets. */
export interface Known {
  orgId: string;
  userId: string;
  sessionId: string;
  environmentId: string;
  invitationId: string;
  email: string;
  idempotencyKey: string;
  environmentCursor: string;
  invitationCursor: string;
  memberCursor: string;
  feedCursor: string;
}

/** The same of an organization that does not exist: other ids, at the same places of every list. */
export function likeButAbsent(known: Known): Known {
  const elsewhere = (cursor: string) =>
    encodeKeysetCursor({ createdAt: decodeKeysetCursor(cursor, 'after').createdAt, id: v7() });
  const orgId = v7();
  const { epoch, positions } = decodeCursor(known.feedCursor);
  const moved = [...positions].map(
    ([stream, position]) => [stream === known.orgId ? orgId : stream, position] as const,
  );
  return {
    orgId,
    userId: v7(),
    sessionId: v7(),
    environmentId: v7(),
    invitationId: v7(),
    email: `nobody-${randomBytes(6).toString('hex')}@example.com`,
    idempotencyKey: randomBytes(8).toString('hex'),
    environmentCursor: elsewhere(known.environmentCursor),
    invitationCursor: elsewhere(known.invitationCursor),
    memberCursor: elsewhere(known.memberCursor),
    feedCursor: encodeCursor({ epoch, positions: new Map(moved) }),
  };
}

/** The answer with what the caller itself sent replaced by its name, so that answers can be compared. */
export function withoutSent(answer: unknown, sent: Known): string {
  return Object.entries(sent).reduce(
    (text, [name, value]: [string, string]) => text.replaceAll(value, `<${name}>`),
    JSON.stringify(answer),
  );
}

/** Every text in a JSON value, cursors also decoded. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value, Buffer.from(value, 'base64url').toString('latin1')];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(textsIn);
}
