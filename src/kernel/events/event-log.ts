import type { Database } from '../database/database.js';
import { PLATFORM_ORG_ID, uuidFloor } from '../ids.js';
import { eventColumns, toStoredEvent, type EventRow } from './event-row.js';
import type { StoredEvent } from './event.js';

/** Where a stream stands: positions up to `trimmed` are gone, `head` is the newest. */
export interface StreamState {
  head: bigint;
  trimmed: bigint;
}

/** Reads published events on the primary. What it returns is not yet authorized for anybody. */
export interface EventLog {
  /** Raised by a restore or a failover: positions of another epoch mean nothing. */
  epoch(): Promise<number>;
  state(orgId: string): Promise<StreamState>;
  /** The heads of many streams in one query; streams without events are left out. */
  heads(orgIds: string[]): Promise<Map<string, bigint>>;
  /**
   * All events of a stream after a position, in order, whatever their audience. `emittedSince` says that none of them
   * was emitted earlier, which spares the days before: a read without it locks and searches every day of the log.
   */
  read(orgId: string, after: bigint, limit: number, emittedSince?: Date): Promise<StoredEvent[]>;
  /** The part of it that is addressed to everybody in the organization, or to this account. */
  readFor(
    userId: string,
    orgId: string,
    range: { after: bigint; upTo: bigint; limit: number },
  ): Promise<StoredEvent[]>;
  /** The events of one type since a time, in the order of their ids; for what a node keeps in memory. */
  readType(orgId: string, type: string, since: Date): Promise<StoredEvent[]>;
  /** @returns the event, or null when it has been trimmed or never existed. */
  find(orgId: string, id: string): Promise<StoredEvent | null>;
}

const readSql = `
  select ${eventColumns} from event
  where org_id = ? and position > ? order by position limit ?`;

const readSinceSql = `
  select ${eventColumns} from event
  where org_id = ? and position > ? and id >= ? order by position limit ?`;

const readForOrgSql = `
  select ${eventColumns} from event
  where org_id = ? and position > ? and position <= ? and (audience = 'org' or user_id = ?)
  order by position limit ?`;

const readForUserSql = `
  select ${eventColumns} from event
  where org_id = ? and position > ? and position <= ? and user_id = ?
  order by position limit ?`;

export function createEventLog(database: Database): EventLog {
  async function query<R>(orgId: string, sql: string, params: unknown[]): Promise<R[]> {
    return database.entityManager({ orgId, userId: null }).execute<R[]>(sql, params);
  }

  return {
    async epoch() {
      const [row] = await query<{ epoch: string }>(PLATFORM_ORG_ID, 'select epoch from event_epoch', []);
      if (!row) throw new Error('event_epoch is empty: run the migrations.');
      return Number(row.epoch);
    },
    async state(orgId) {
      const sql = 'select position, trimmed from event_stream where org_id = ?';
      const [row] = await query<{ position: string; trimmed: string }>(orgId, sql, [orgId]);
      return { head: BigInt(row?.position ?? 0), trimmed: BigInt(row?.trimmed ?? 0) };
    },
    async heads(orgIds) {
      const sql = 'select org_id, position from event_stream_heads(?::uuid[])';
      const rows = await query<{ org_id: string; position: string }>(PLATFORM_ORG_ID, sql, [
        `{${orgIds.join(',')}}`,
      ]);
      return new Map(rows.map((row) => [row.org_id, BigInt(row.position)]));
    },
    async read(orgId, after, limit, emittedSince) {
      const rows = emittedSince
        ? await query<EventRow>(orgId, readSinceSql, [orgId, String(after), uuidFloor(emittedSince), limit])
        : await query<EventRow>(orgId, readSql, [orgId, String(after), limit]);
      return rows.map(toStoredEvent);
    },
    async readFor(userId, orgId, { after, upTo, limit }) {
      const sql = orgId === PLATFORM_ORG_ID ? readForUserSql : readForOrgSql;
      const rows = await query<EventRow>(orgId, sql, [orgId, String(after), String(upTo), userId, limit]);
      return rows.map(toStoredEvent);
    },
    async readType(orgId, type, since) {
      const sql = `select ${eventColumns} from event
        where org_id = ? and id >= ? and type = ? and position is not null order by id`;
      const rows = await query<EventRow>(orgId, sql, [orgId, uuidFloor(since), type]);
      return rows.map(toStoredEvent);
    },
    async find(orgId, id) {
      const sql = `select ${eventColumns} from event where org_id = ? and id = ?`;
      const [row] = await query<EventRow>(orgId, sql, [orgId, id]);
      return row ? toStoredEvent(row) : null;
    },
  };
}
