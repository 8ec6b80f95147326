import { createSmtpTransport } from '../adapters/mail/smtp-transport.js';
import { ensureFirstAdmin } from '../domains/accounts/index.js';
import { systemActor } from '../kernel/actor.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import { uuidV7Ids, type Ids } from '../kernel/ids.js';
import type { Logger } from '../kernel/logger.js';
import type { Lane } from '../kernel/read/lane.js';
import { composeToolbox, type Toolbox } from './compose.js';
import type { Config } from './config.js';
import { startApi } from './api.js';
import { openInfrastructure, type Infrastructure } from './infrastructure.js';
import { prepareSurroundings, type Surroundings } from './stand-ins.js';
import { cleanUp, stopAll, type Stop } from './stop-all.js';
import { startWorker } from './worker.js';
import { startWorkerHealth } from './worker-health.js';

export type ServeMode = 'all' | 'api' | 'worker';

/** What tests put in place of the real thing. */
export interface ServeOverrides {
  clock?: Clock;
  ids?: Ids;
  /** See `DatabaseOptions.orgPredicates`. */
  orgPredicates?: boolean;
  /** False to have every read answered by the resolvers. */
  readLane?: boolean;
}

export interface RunningToolbox {
  /** Null for a worker, which serves nothing but its health. */
  url: string | null;
  /** Of a worker with WORKER_HEALTH_PORT. */
  healthUrl: string | null;
  /** Null for a worker. */
  lane: Pick<Lane, 'answered'> | null;
  surroundings: Surroundings;
  /**
   * Says that it stops, to load balancers by /health/ready and to clients by ending each connection with its answer,
   * for the configured time; then finishes what is under way, up to the configured time, and closes everything, the
   * database last.
   */
  stop(): Promise<void>;
}

/**
 * Starts the API, the worker, or both in one process, with stand-ins for what is not configured. When the signal is
 * aborted before it is done, it stops what it has started and throws the signal's reason.
 */
export async function serve(
  mode: ServeMode,
  config: Config,
  log: Logger,
  overrides: ServeOverrides = {},
  signal?: AbortSignal,
): Promise<RunningToolbox> {
  const { clock = systemClock, ids = uuidV7Ids, orgPredicates = true, readLane = true } = overrides;
  const surroundings = await prepareSurroundings(config, mode, log);
  const stops: Stop[] = [() => surroundings.stop()];
  // Requests and jobs finish side by side: each has the whole time to do so.
  const draining: Stop[] = [];
  let announceStop: Stop = () => Promise.resolve();
  const stop = () => {
    const rest = stops.splice(0).reverse();
    return stopAll([[announceStop], draining.splice(0), ...rest.map((each) => [each])], log);
  };
  try {
    signal?.throwIfAborted();
    const { smtp, secrets, database, embeddedPostgres } = surroundings;
    const infrastructure = await openInfrastructure({
      databaseUrl: database.app,
      poolSize: config.database.poolSize,
      // Nobody else can know the embedded database.
      busKind: embeddedPostgres ? 'in-process' : 'postgres',
      log,
      clock,
      ids,
      orgPredicates,
    });
    stops.push(() => infrastructure.close());
    const transport = createSmtpTransport({ ...smtp, ...(config.mail.dkim && { dkim: config.mail.dkim }) });
    stops.push(() => transport.close());
    const toolbox = composeToolbox({ config, secrets, infrastructure, transport, clock });
    signal?.throwIfAborted();
    await makeFirstAdmin(config, infrastructure, toolbox);

    const drainMs = config.core.shutdown.drainMs;
    if (mode !== 'api' && database.relay) {
      const { eventRetentionDays } = config.database;
      const worker = await startWorker({
        toolbox,
        infrastructure,
        relayUrl: database.relay,
        eventRetentionDays,
        log,
      });
      draining.push(() => worker.stop(drainMs));
    }
    if (mode !== 'worker') {
      stops.push(() => Promise.resolve(toolbox.revocations.stop()));
      await toolbox.revocations.start();
    }
    signal?.throwIfAborted();
    const api =
      mode === 'worker'
        ? null
        : await startApi({
            config,
            toolbox,
            infrastructure,
            surroundings,
            clock,
            orgPredicates,
            readLane,
            log,
          });
    if (api) {
      draining.push(() => api.stop());
      announceStop = () => api.announceStop();
    }
    const health = mode === 'worker' ? await startWorkerHealth(config, infrastructure) : null;
    if (health) {
      stops.push(() => health.stop());
      announceStop = () => health.announceStop();
    }
    const [url, healthUrl] = [api?.url ?? null, health?.url ?? null];
    return { url, healthUrl, lane: api?.lane ?? null, surroundings, stop };
  } catch (error) {
    await cleanUp(stop, log);
    throw error;
  }
}

async function makeFirstAdmin(
  config: Config,
  infrastructure: Infrastructure,
  toolbox: Toolbox,
): Promise<void> {
  const { adminUsername: username, adminPassword: password, adminEmail } = config.accounts;
  if (!username || !password) return;
  const ctx = infrastructure.createContext({ actor: systemActor('start'), requestId: 'start' });
  await ensureFirstAdmin(ctx, toolbox.passwords, {
    username,
    password,
    email: adminEmail ?? `${username}@localhost`,
  });
}
