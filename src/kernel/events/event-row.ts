import type { StoredEvent } from './event.js';

/** A row of `event` as `pg` returns it. */
export interface EventRow {
  org_id: string;
  id: string;
  type: string;
  audience: StoredEvent['audience'];
  user_id: string | null;
  subject_id: string;
  actor_id: string | null;
  payload: unknown;
  occurred_at: Date | string;
  position: string | null;
  published_at: Date | string | null;
}

export const eventColumns =
  'org_id, id, type, audience, user_id, subject_id, actor_id, payload, occurred_at, position, published_at';

export function toStoredEvent(row: EventRow): StoredEvent {
  return {
    orgId: row.org_id,
    id: row.id,
    type: row.type,
    audience: row.audience,
    userId: row.user_id,
    subjectId: row.subject_id,
    actorId: row.actor_id,
    payload: row.payload,
    occurredAt: new Date(row.occurred_at),
    position: row.position === null ? null : BigInt(row.position),
    publishedAt: row.published_at === null ? null : new Date(row.published_at),
  };
}
