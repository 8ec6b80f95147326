import type pg from 'pg';
import { v7 } from 'uuid';
import { z } from 'zod';
import { openInfrastructure, openRelayPool, type Infrastructure } from '../../../src/app/infrastructure.js';
import { systemActor } from '../../../src/kernel/actor.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { defineEvent, type Audience, type StoredEvent } from '../../../src/kernel/events/event.js';
import { createRelay, type Relay, type RelayDeps } from '../../../src/kernel/events/relay.js';
import { uuidV7Ids } from '../../../src/kernel/ids.js';
import { createLogger } from '../../../src/kernel/logger.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

export const noted = defineEvent('test.noted.v1', z.object({ n: z.int() }));

export const quiet = createLogger({ level: 'silent' });

export interface EmitOptions {
  subjectId?: string;
  audience?: Audience;
}

/** What the event log needs and nothing above it: nodes and relays on one database. */
export interface EventWorld {
  database: TestDatabase;
  /** One more process's worth of pools, bus and tails; closed with the world. */
  node(busKind?: 'in-process' | 'postgres'): Promise<Infrastructure>;
  /** A relay that is not started yet. */
  relay(node: Infrastructure, deps?: Partial<RelayDeps>): Relay & { pool: pg.Pool };
  stopRelays(): Promise<void>;
  close(): Promise<void>;
}

export async function createEventWorld(): Promise<EventWorld> {
  const database = await createTestDatabase();
  const closers: (() => Promise<void>)[] = [];
  const relayStops: (() => Promise<void>)[] = [];
  async function stopRelays(): Promise<void> {
    for (const stop of relayStops.splice(0)) await stop();
  }
  return {
    database,
    async node(busKind = 'in-process') {
      const node = await openInfrastructure({
        databaseUrl: database.url('app'),
        poolSize: 10,
        busKind,
        log: quiet,
        clock: systemClock,
        ids: uuidV7Ids,
      });
      closers.push(() => node.close());
      return node;
    },
    relay(node, deps = {}) {
      const pool = deps.pool ?? openRelayPool(database.url('relay'), quiet);
      const relay = createRelay({
        pool,
        bus: node.bus,
        log: quiet,
        enqueueConsumers: () => Promise.resolve(),
        ...deps,
      });
      relayStops.push(async () => {
        await relay.stop();
        if (!pool.ended) await pool.end();
      });
      return { ...relay, pool };
    },
    stopRelays,
    async close() {
      await stopRelays();
      for (const closer of closers.splice(0).reverse()) await closer();
      await database.drop();
    },
  };
}

/** Commits `test.noted.v1` for each number in one transaction. */
export async function emit(
  node: Infrastructure,
  orgId: string,
  numbers: number[],
  { subjectId = v7(), audience }: EmitOptions = {},
): Promise<void> {
  const ctx = node.createContext({ actor: systemActor('test'), orgId, requestId: 'test' });
  await ctx.transaction((tx) => {
    for (const n of numbers)
      tx.emit(noted({ orgId, subjectId, payload: { n }, ...(audience && { audience }) }));
    return Promise.resolve();
  });
}

export function numberOf(event: StoredEvent): number {
  return noted.parse(event).n;
}

/** 1 … length. */
export function upTo(length: number): number[] {
  return Array.from({ length }, (_, index) => index + 1);
}
