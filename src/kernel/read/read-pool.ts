import { BusyError } from '../errors.js';
import type { Logger } from '../logger.js';
import type { ReadScope, ReadStatement, TextRow } from './read-batch.js';
import { ReadConnection } from './read-connection.js';

/** Reads that may wait on one connection; beyond it the server is too busy to promise an answer in time. */
const maxDepth = 64;
const statementTimeoutMs = 250;
/** A server that says nothing to a read for so long is not there any more. */
const silenceMs = 5000;
const reopenDelayMs = 200;

export interface ReadPoolOptions {
  /** Login `toolbox_app`. */
  url: string;
  size: number;
  log: Logger;
}

/** Read-only connections of the fast lane. */
export interface ReadPool {
  /**
   * Opens the connections; until then, and while all are lost, reads are refused as busy.
   * @throws when one of them cannot be opened; then none is open.
   */
  open(): Promise<void>;
  /** Runs a prepared statement as seen by the scope, in one round trip. @throws BusyError, or the server's error. */
  read(scope: ReadScope, statement: ReadStatement, values: (string | null)[]): Promise<TextRow[]>;
  close(): Promise<void>;
}

export function createReadPool({ url, size, log }: ReadPoolOptions): ReadPool {
  const connections: ReadConnection[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let closed = false;

  async function openOne(): Promise<void> {
    const connection = await ReadConnection.open({ url, statementTimeoutMs, silenceMs, onLost });
    if (closed) await connection.close();
    else connections.push(connection);
  }

  function reopenLater(): void {
    if (closed) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      openOne().catch((error: unknown) => {
        log.warn({ err: error }, 'could not open a read connection to PostgreSQL; trying again');
        reopenLater();
      });
    }, reopenDelayMs);
    timers.add(timer);
  }

  function onLost(connection: ReadConnection, error: Error): void {
    const index = connections.indexOf(connection);
    if (index === -1) return;
    connections.splice(index, 1);
    log.warn({ err: error }, 'lost a read connection to PostgreSQL');
    reopenLater();
  }

  return {
    async open() {
      const opened = await Promise.allSettled(Array.from({ length: size }, openOne));
      const failed = opened.find((each) => each.status === 'rejected');
      if (!failed) return;
      await this.close();
      throw failed.reason;
    },
    read(scope, statement, values) {
      let least: ReadConnection | null = null;
      for (const connection of connections) if (!least || connection.load < least.load) least = connection;
      if (!least || least.load >= maxDepth) return Promise.reject(new BusyError());
      return least.read(scope, statement, values);
    },
    async close() {
      closed = true;
      for (const timer of timers) clearTimeout(timer);
      await Promise.all(connections.splice(0).map((connection) => connection.close()));
    },
  };
}
