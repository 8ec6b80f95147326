import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { EmittedEvent } from './event.js';
import { shardOf } from './shards.js';

/** An emitted event with what the transaction adds to it. */
export interface EventRecord extends EmittedEvent {
  id: string;
  occurredAt: Date;
  actorId: string | null;
}

const insertSql = `
  insert into event (org_id, id, shard, audience, user_id, type, subject_id, actor_id, payload, occurred_at)
  select org_id, id, shard, audience, user_id, type, subject_id, actor_id, payload, occurred_at
  from rows from (jsonb_to_recordset(?::jsonb) as (
    org_id uuid, id uuid, shard int, audience text, user_id uuid, type text,
    subject_id uuid, actor_id uuid, payload jsonb, occurred_at timestamptz
  )) with ordinality
  order by ordinality`;

/** Writes the events of one transaction in one statement, in the order in which they were emitted. */
export async function insertEvents(tx: SqlEntityManager, events: EventRecord[]): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => ({
    org_id: event.orgId,
    id: event.id,
    shard: shardOf(event.orgId),
    audience: event.audience.kind,
    user_id: event.audience.kind === 'user' ? event.audience.userId : null,
    type: event.type,
    subject_id: event.subjectId,
    actor_id: event.actorId,
    payload: event.payload,
    occurred_at: event.occurredAt.toISOString(),
  }));
  await tx.execute(insertSql, [JSON.stringify(rows)]);
}
