/** A PostgreSQL server that needs nothing installed, for development, tests and trying Toolbox out. */
import { mkdir, realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openCluster, type Cluster } from './cluster.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { clearLeftovers } from './leftover-server.js';
import { place, type Placement } from './placement.js';
import { openServerLog, readLogSince } from './server-log.js';
import { spawnServer, waitUntilReady, type ServerProcess } from './server-process.js';
import { takeLock, type StateLock } from './state-lock.js';

export interface EmbeddedPostgresLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

export interface EmbeddedPostgresOptions {
  /** Holds lock, cluster and log; made when missing. One server a folder. */
  stateDirectory: string;
  log: EmbeddedPostgresLog;
  /** Server settings over the defaults, `{ fsync: 'off' }` in tests for example. */
  settings?: Record<string, string>;
  /** What the lock calls this process when another one asks. */
  ownerName?: string;
}

export interface EmbeddedPostgres {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** With the password: never log it. */
  readonly superuserUrl: string;
  readonly dataDirectory: string;
  /** Resolves when the server has ended, wanted or not, with its exit code; null when a signal ended it. */
  readonly exited: Promise<number | null>;
  /** Stops the server and frees the folder. Call it last, when nothing needs the database any more. */
  stop(): Promise<void>;
}

const START_PATIENCE_MS = 10_000;
/** What the server says of a taken port, and of an earlier one that has not quite ended. */
const MAY_PASS = /in use|Is another postmaster|lock file|could not create any TCP\/IP sockets/;
/** A server that is working through its log after a crash is given longer than one that ends at once. */
const RECOVERY_PATIENCE_MS = 120_000;

const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  timezone: 'UTC',
  log_timezone: 'UTC',
  logging_collector: 'off',
  log_statement: 'none',
  // Statements and the details of errors hold what users wrote.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_parameter_max_length: '0',
  log_parameter_max_length_on_error: '0',
};

/**
 * Starts the server of a state folder, making its cluster the first time, and resolves when it accepts connections.
 * A server left behind by a process that was killed is stopped first. If this process dies, the server stops by itself.
 * @throws EmbeddedPostgresError `in-use` when another living process has the folder; see the other codes there.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  await mkdir(options.stateDirectory, { recursive: true });
  const stateDirectory = await realpath(options.stateDirectory);
  const lock = await takeLock(join(stateDirectory, 'lock'), options.ownerName ?? 'Toolbox');
  if ('heldBy' in lock) throw EmbeddedPostgresError.inUse(stateDirectory, lock.heldBy);
  try {
    return await startLocked({ ...options, stateDirectory }, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function startLocked(options: EmbeddedPostgresOptions, lock: StateLock): Promise<EmbeddedPostgres> {
  const { stateDirectory, log, settings = {} } = options;
  const placement = await place(stateDirectory);
  if (placement.elsewhereBecause) {
    log.warn(
      { directory: placement.clusterDirectory },
      `The database is kept elsewhere: ${placement.elsewhereBecause}`,
    );
  }
  const cluster = await openCluster(placement, { sync: settings['fsync'] !== 'off' });
  const { stopped } = await clearLeftovers(cluster.dataDirectory);
  if (stopped.length > 0)
    log.warn({ pids: stopped }, 'Stopped a PostgreSQL that an earlier run had left behind');
  const { server, port } = await startServer(
    placement,
    cluster,
    join(stateDirectory, 'postgres.log'),
    settings,
  );
  log.info({ port, pid: server.pid, directory: cluster.dataDirectory }, 'Embedded PostgreSQL is ready');
  return {
    host: '127.0.0.1',
    port,
    superuserUrl: `postgres://postgres:${cluster.password}@127.0.0.1:${port}/postgres`,
    dataDirectory: cluster.dataDirectory,
    exited: server.exited,
    stop: stopOnce(server, lock),
  };
}

function stopOnce(server: ServerProcess, lock: StateLock): () => Promise<void> {
  let stopping: Promise<void> | undefined;
  return () => (stopping ??= server.stop().then(() => lock.release()));
}

/** Tries again for ten seconds where that can help: the port was taken in between, what a crash left is ending. */
async function startServer(
  placement: Placement,
  cluster: Cluster,
  logPath: string,
  settings: Record<string, string>,
): Promise<{ server: ServerProcess; port: number }> {
  const logFile = await openServerLog(logPath);
  try {
    const deadline = Date.now() + START_PATIENCE_MS;
    for (;;) {
      const { size: logStart } = await logFile.stat();
      const port = await findFreePort();
      const server = await spawnServer({
        placement,
        dataDirectory: cluster.dataDirectory,
        settings: { ...SETTINGS, ...settings, port: String(port) },
        logDescriptor: logFile.fd,
      });
      if (await waitUntilReady(server, cluster.dataDirectory, RECOVERY_PATIENCE_MS)) return { server, port };
      await server.stop();
      const said = await readLogSince(logPath, logStart);
      if (!MAY_PASS.test(said) || Date.now() > deadline) throw startFailed(logPath, said);
      await delay(250);
      await clearLeftovers(cluster.dataDirectory);
    }
  } finally {
    await logFile.close();
  }
}

function startFailed(logPath: string, said: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'start-failed',
    `The embedded PostgreSQL does not start. It says: ${said || 'nothing'} (more in ${logPath}). ` +
      'Correct that, or set DATABASE_URL to a PostgreSQL of your own.',
  );
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
