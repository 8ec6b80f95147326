import type { Logger } from '../logger.js';
import type { Bus } from './bus.js';
import type { EventLog } from './event-log.js';
import { StreamTail, type EventListener } from './stream-tail.js';

/** A hint can be lost with its connection; then this is how late an event arrives at most. */
const pollIntervalMs = 1000;

export interface StreamTails {
  /**
   * Calls the listener for every event of the stream that is published from now on, in order and without a
   * gap. Resolves once that is so.
   * @returns the function that ends it.
   */
  listen(orgId: string, listener: EventListener): Promise<() => void>;
  /**
   * Calls the listener when the log has been restored or has failed over: positions mean other events, and the tails
   * have gone on at the new heads. What was read before may be wrong, and what came in between is not told. All are
   * called again within a second when one of them fails.
   */
  onRestored(listener: () => void | Promise<void>): () => void;
  stop(): void;
}

export interface StreamTailsDeps {
  bus: Bus;
  eventLog: EventLog;
  log: Logger;
}

/** Follows the streams that somebody on this node listens to, woken by the bus and by a poll behind it. */
export function createStreamTails({ bus, eventLog, log }: StreamTailsDeps): StreamTails {
  const tails = new Map<string, StreamTail>();
  const restoredListeners = new Set<() => void | Promise<void>>();
  /** Of the positions that the tails have; null while there are none. */
  let epoch: number | null = null;
  let noticing: Promise<void> | null = null;

  function pull(orgId: string, tail: StreamTail): void {
    tail
      .pull()
      .catch((error: unknown) => log.warn({ err: error, orgId }, 'stream could not be read; trying again'));
  }

  async function readEpoch(): Promise<void> {
    const current = await eventLog.epoch();
    if (tails.size === 0 || epoch === current) return;
    if (epoch === null) {
      epoch = current;
      return;
    }
    log.warn({ from: epoch, to: current }, 'the event log was restored or failed over; going on at its head');
    await Promise.all([...tails.values()].map((tail) => tail.restart()));
    await Promise.all([...restoredListeners].map(async (listener) => listener()));
    // Not before, so that the next poll makes good what has failed.
    epoch = current;
  }

  function noticeRestore(): Promise<void> {
    noticing ??= readEpoch().finally(() => {
      noticing = null;
    });
    return noticing;
  }

  async function poll(): Promise<void> {
    if (tails.size === 0) return;
    await noticeRestore();
    const heads = await eventLog.heads([...tails.keys()]);
    for (const [orgId, tail] of tails) if ((heads.get(orgId) ?? 0n) > tail.position) pull(orgId, tail);
  }

  let polling = false;
  const timer = setInterval(() => {
    if (polling) return;
    polling = true;
    poll()
      .catch((error: unknown) => log.warn({ err: error }, 'streams could not be polled; trying again'))
      .finally(() => {
        polling = false;
      });
  }, pollIntervalMs);

  const offPublished = bus.onPublished(({ orgId }) => {
    const tail = tails.get(orgId);
    if (tail) pull(orgId, tail);
  });
  const offResync = bus.onResync(() => {
    noticeRestore()
      .catch((error: unknown) =>
        log.warn({ err: error }, 'the epoch of the log could not be read; trying again'),
      )
      .finally(() => {
        for (const [orgId, tail] of tails) pull(orgId, tail);
      });
  });

  return {
    async listen(orgId, listener) {
      const tail = tails.get(orgId) ?? new StreamTail(orgId, eventLog, log);
      tails.set(orgId, tail);
      tail.listeners.add(listener);
      function end(): void {
        tail.listeners.delete(listener);
        if (tail.listeners.size === 0 && tails.get(orgId) === tail) tails.delete(orgId);
        if (tails.size === 0) epoch = null;
      }
      try {
        if (epoch === null) await noticeRestore();
        await tail.pull();
      } catch (error) {
        end();
        throw error;
      }
      return end;
    },
    onRestored(listener) {
      restoredListeners.add(listener);
      return () => restoredListeners.delete(listener);
    },
    stop() {
      clearInterval(timer);
      offPublished();
      offResync();
    },
  };
}
