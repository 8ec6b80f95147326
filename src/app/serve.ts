import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { createRedisPing } from '../adapters/redis/redis-ping.js';
import { createSmtpTransport } from '../adapters/mail/smtp-transport.js';
import { ensureFirstAdmin } from '../domains/accounts/index.js';
import { systemActor, type Actor } from '../kernel/actor.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import { uuidV7Ids, type Ids } from '../kernel/ids.js';
import type { Logger } from '../kernel/logger.js';
import { StartError } from '../kernel/start-error.js';
import { composeToolbox, type Toolbox } from './compose.js';
import type { Config } from './config.js';
import { trackConnections } from './drain-http.js';
import { createGraphqlContextFactory } from './graphql-context.js';
import { buildGraphqlSchema } from './graphql-schema.js';
import { createApolloServer } from './graphql-server.js';
import { createHealth } from './health.js';
import { clientOf, createHttpServer, mountRoutes } from './http.js';
import { openInfrastructure, type Infrastructure } from './infrastructure.js';
import { prepareSurroundings, type Surroundings } from './stand-ins.js';
import { attachWebsocket } from './websocket.js';
import { startWorker } from './worker.js';

export type ServeMode = 'all' | 'api' | 'worker';

/** What tests put in place of the real thing. */
export interface ServeOverrides {
  clock?: Clock;
  ids?: Ids;
  /** See `DatabaseOptions.orgPredicates`. */
  orgPredicates?: boolean;
}

export interface RunningToolbox {
  /** Null for a worker, which serves nothing. */
  url: string | null;
  surroundings: Surroundings;
  /**
   * Says that it stops, to load balancers by /health/ready and to clients by ending each connection with its answer,
   * for the configured time; then finishes what is under way, up to the configured time, and closes everything, the
   * database last.
   */
  stop(): Promise<void>;
}

interface ApiDeps {
  config: Config;
  toolbox: Toolbox;
  infrastructure: Infrastructure;
  surroundings: Surroundings;
  log: Logger;
}

/** @returns the port, which is another than the configured one where that is 0. */
async function listen(server: Server, { port, host }: Config['core']): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reasons: Record<string, string> = {
        EADDRINUSE: 'another program has it. Stop that program, or set PORT to a free port',
        EACCES: 'this user may not open it. Set PORT to one above 1023',
        EADDRNOTAVAIL: 'this machine has no such address. Correct BIND_ADDRESS',
      };
      const reason = reasons[error.code ?? ''] ?? error.message;
      reject(new StartError(`Port ${port} of ${host} cannot be opened: ${reason}.`, { cause: error }));
    });
    server.listen(port, host, resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Starts HTTP and sockets. @returns the address and the function that drains and closes them. */
async function startApi({ config, toolbox, infrastructure, surroundings, log }: ApiDeps) {
  const { core } = config;
  const isProduction = core.env === 'production';
  const newRequestId = () => uuidV7Ids.next();
  let draining = false;
  const isRevoked = (actor: Actor) => actor.kind === 'user' && toolbox.revocations.isRevoked(actor);
  const createContext = createGraphqlContextFactory(infrastructure.createContext, {
    feed: infrastructure.feed,
    projections: toolbox.feedProjections,
    isRevoked,
  });
  const schema = buildGraphqlSchema(toolbox.resolvers);
  const server = createHttpServer();
  const connections = trackConnections(server);
  const apollo = createApolloServer(schema, { introspection: !isProduction, log });
  await apollo.start();
  const { authenticate, revocations } = toolbox;
  const sockets = attachWebsocket(server, {
    schema,
    authenticate,
    revocations,
    createContext,
    clientOf,
    newRequestId,
    log,
  });
  const { mailCatcher } = surroundings;
  mountRoutes(server, apollo, {
    authenticate,
    createContext,
    health: createHealth({
      database: infrastructure.database,
      pingRedis: config.redis.url ? createRedisPing(config.redis.url) : null,
      directory: process.cwd(),
    }),
    isDraining: () => draining,
    newRequestId,
    log,
    productName: config.mail.from.name,
    development: isProduction
      ? null
      : {
          publicUrl: core.publicUrl,
          handlers: mailCatcher ? [(req, res) => mailCatcher.handle(req, res)] : [],
        },
  });
  const port = await listen(server, core);
  return {
    url: `http://localhost:${port}`,
    async announceStop() {
      draining = true;
      connections.announce();
      await delay(core.shutdown.announceMs);
    },
    async stop() {
      draining = true;
      connections.announce();
      // Nobody comes in any more, so that clients whose socket is closed do not come back here.
      const closed = connections.close(core.shutdown.drainMs);
      await Promise.all([closed, sockets.close(core.shutdown.drainMs)]);
      await apollo.stop();
    },
  };
}

/** Starts the API, the worker, or both in one process, with stand-ins for what is not configured. */
export async function serve(
  mode: ServeMode,
  config: Config,
  log: Logger,
  overrides: ServeOverrides = {},
): Promise<RunningToolbox> {
  const { clock = systemClock, ids = uuidV7Ids, orgPredicates = true } = overrides;
  const surroundings = await prepareSurroundings(config, mode, log);
  const stops: (() => Promise<void>)[] = [() => surroundings.stop()];
  // Requests and jobs finish side by side: each has the whole time to do so.
  const draining: (() => Promise<void>)[] = [];
  let announceStop: () => Promise<void> = () => Promise.resolve();
  const stop = async () => {
    await announceStop();
    await Promise.all(draining.splice(0).map((each) => each()));
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
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
    const api =
      mode === 'worker' ? null : await startApi({ config, toolbox, infrastructure, surroundings, log });
    if (api) {
      draining.push(() => api.stop());
      announceStop = () => api.announceStop();
    }
    return { url: api?.url ?? null, surroundings, stop };
  } catch (error) {
    await stop();
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
