import pg from 'pg';
import { isUuid } from '../ids.js';
import type { Logger } from '../logger.js';
import { BusListeners, type Bus, type StreamHint } from './bus.js';
import { shardCount } from './shards.js';

const publishedChannel = 'toolbox_published';
const wakeChannel = 'toolbox_wake';

/** NOTIFY refuses payloads of 8000 bytes; a hint takes at most 57. */
const hintsPerNotification = 120;
/** A connection that says nothing for so long has silently died: it is given up and made again. */
const answerTimeoutMs = 5_000;
const keepAliveDelayMs = 10_000;
const reconnectDelaysMs = [50, 100, 250, 500, 1000, 2000];
/** Wakes within this time become one NOTIFY: each takes a lock that all notifying commits share. */
const wakeCoalescingMs = 2;
/** Notifications that wait for those before them; beyond it they are dropped, as relays and readers poll. */
const waitingLimit = 100;

export interface PostgresBusOptions {
  /** A session-pinned connection (no transaction pooler) of any Toolbox login. */
  url: string;
  log: Logger;
}

function encode(hints: StreamHint[]): string {
  return hints.map(({ orgId, position }) => `${orgId}:${position}`).join(',');
}

/** @returns null for what {@link encode} did not make: every login of the database can notify. */
function decode(payload: string): StreamHint[] | null {
  const hints: StreamHint[] = [];
  for (const hint of payload.split(',')) {
    const [orgId = '', position = ''] = hint.split(':');
    if (!isUuid(orgId) || !/^\d{1,19}$/.test(position)) return null;
    hints.push({ orgId, position: BigInt(position) });
  }
  return hints;
}

function decodeShards(payload: string): number[] | null {
  const shards = payload.split(',');
  return shards.every((each) => /^\d{1,4}$/.test(each) && Number(each) < shardCount)
    ? shards.map(Number)
    : null;
}

/**
 * The bus between processes when there is no Redis: LISTEN and NOTIFY on a connection of its own, which is
 * made again with backoff when it breaks, and then says `resync`.
 */
export async function createPostgresBus({ url, log }: PostgresBusOptions): Promise<Bus> {
  const listeners = new BusListeners();
  const pendingWakes = new Set<number>();
  let client: pg.Client | null = null;
  let waiting = 0;
  let lastSent: Promise<void> = Promise.resolve();
  let closed = false;
  let wakeTimer: NodeJS.Timeout | null = null;
  let reconnectTimer: NodeJS.Timeout | null = null;

  function receive({ channel, payload = '' }: pg.Notification): void {
    const shards = channel === wakeChannel ? decodeShards(payload) : null;
    const hints = channel === publishedChannel ? decode(payload) : null;
    if (!shards && !hints)
      log.warn({ channel, length: payload.length }, 'bus ignores a malformed notification');
    if (shards) for (const listener of listeners.wake) listener(shards);
    for (const hint of hints ?? []) for (const listener of listeners.published) listener(hint);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'toolbox-bus',
      keepAlive: true,
      keepAliveInitialDelayMillis: keepAliveDelayMs,
      connectionTimeoutMillis: answerTimeoutMs,
      query_timeout: answerTimeoutMs,
    });
    next.on('notification', receive);
    next.on('error', (error) => log.warn({ err: error }, 'bus connection to PostgreSQL failed'));
    try {
      await next.connect();
      await next.query(`listen ${publishedChannel}; listen ${wakeChannel}`);
    } catch (error) {
      // Half made: nobody else knows of it. Not waited for, as the server may not answer.
      void next.end();
      throw error;
    }
    next.once('end', () => lost(next));
    client = next;
    if (closed) await next.end();
  }

  function lost(which: pg.Client): void {
    if (client !== which) return;
    client = null;
    if (!closed) scheduleReconnect(0);
  }

  function scheduleReconnect(attempt: number): void {
    const delayMs = reconnectDelaysMs[Math.min(attempt, reconnectDelaysMs.length - 1)];
    reconnectTimer = setTimeout(() => {
      connect().then(
        () => {
          if (closed) return;
          log.info({ attempt }, 'bus connection to PostgreSQL is back');
          for (const listener of listeners.resync) listener();
        },
        (error: unknown) => {
          log.warn({ err: error, attempt }, 'bus connection to PostgreSQL still fails');
          if (!closed) scheduleReconnect(attempt + 1);
        },
      );
    }, delayMs);
  }

  /** One after the other, in the order of the calls. */
  function notify(channel: string, payload: string): Promise<void> {
    if (waiting >= waitingLimit) return Promise.reject(new Error(`${waiting} notifications wait already.`));
    waiting += 1;
    const sent = lastSent.then(() => send(channel, payload)).finally(() => (waiting -= 1));
    // Its caller hears of the failure; those behind it go on.
    lastSent = sent.catch(() => undefined);
    return sent;
  }

  async function send(channel: string, payload: string): Promise<void> {
    const current = client;
    try {
      await current?.query('select pg_notify($1, $2)', [channel, payload]);
    } catch (error) {
      // It may also have stopped receiving without a word; a new one is certain.
      void current?.end();
      throw error;
    }
  }

  function flushWakes(): void {
    wakeTimer = null;
    const shards = [...pendingWakes].join(',');
    pendingWakes.clear();
    // A wake that is lost costs at most the relay's polling interval.
    notify(wakeChannel, shards).catch((error: unknown) => log.debug({ err: error }, 'relay was not woken'));
  }

  await connect();

  return {
    async publish(hints) {
      for (let start = 0; start < hints.length; start += hintsPerNotification) {
        await notify(publishedChannel, encode(hints.slice(start, start + hintsPerNotification)));
      }
    },
    wakeRelay(shards) {
      for (const shard of shards) pendingWakes.add(shard);
      wakeTimer ??= setTimeout(flushWakes, wakeCoalescingMs);
    },
    onPublished: (listener) => listeners.add(listeners.published, listener),
    onWake: (listener) => listeners.add(listeners.wake, listener),
    onResync: (listener) => listeners.add(listeners.resync, listener),
    async close() {
      closed = true;
      if (wakeTimer) clearTimeout(wakeTimer);
      if (reconnectTimer) clearTimeout(reconnectTimer);
      const open = client;
      client = null;
      await open?.end();
    },
  };
}
