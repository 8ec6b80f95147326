import pg from 'pg';
import type { Logger } from '../logger.js';
import { BusListeners, type Bus, type StreamHint } from './bus.js';

const publishedChannel = 'toolbox_published';
const wakeChannel = 'toolbox_wake';

/** NOTIFY refuses payloads of 8000 bytes; a hint takes at most 57. */
const hintsPerNotification = 120;
const reconnectDelaysMs = [50, 100, 250, 500, 1000, 2000];
/** Wakes within this time become one NOTIFY: each takes a lock that all notifying commits share. */
const wakeCoalescingMs = 2;

export interface PostgresBusOptions {
  /** A session-pinned connection (no transaction pooler) of any Toolbox login. */
  url: string;
  log: Logger;
}

function encode(hints: StreamHint[]): string {
  return hints.map(({ orgId, position }) => `${orgId}:${position}`).join(',');
}

function decode(payload: string): StreamHint[] {
  return payload.split(',').map((hint) => {
    const [orgId = '', position = '0'] = hint.split(':');
    return { orgId, position: BigInt(position) };
  });
}

/**
 * The bus between processes when there is no Redis: LISTEN and NOTIFY on a connection of its own, which is
 * made again with backoff when it breaks, and then says `resync`.
 */
export async function createPostgresBus({ url, log }: PostgresBusOptions): Promise<Bus> {
  const listeners = new BusListeners();
  const pendingWakes = new Set<number>();
  let client: pg.Client | null = null;
  let closed = false;
  let wakeTimer: NodeJS.Timeout | null = null;
  let reconnectTimer: NodeJS.Timeout | null = null;

  function receive({ channel, payload = '' }: pg.Notification): void {
    if (channel === wakeChannel) {
      const shards = payload.split(',').map(Number);
      for (const listener of listeners.wake) listener(shards);
      return;
    }
    for (const hint of decode(payload)) for (const listener of listeners.published) listener(hint);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'toolbox-bus', keepAlive: true });
    next.on('notification', receive);
    next.on('error', (error) => log.warn({ err: error }, 'bus connection to PostgreSQL failed'));
    await next.connect();
    await next.query(`listen ${publishedChannel}; listen ${wakeChannel}`);
    next.once('end', () => lost(next));
    client = next;
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

  async function notify(channel: string, payload: string): Promise<void> {
    await client?.query('select pg_notify($1, $2)', [channel, payload]);
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
