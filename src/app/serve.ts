import type { AddressInfo } from 'node:net';
import { createRedisPing } from '../adapters/redis/redis-ping.js';
import { createSmtpTransport } from '../adapters/mail/smtp-transport.js';
import { ensureFirstAdmin } from '../domains/accounts/index.js';
import { systemActor, type Actor } from '../kernel/actor.js';
import { systemClock, type Clock } from '../kernel/clock.js';
import { uuidV7Ids, type Ids } from '../kernel/ids.js';
import type { Logger } from '../kernel/logger.js';
import { composeToolbox, type Toolbox } from './compose.js';
import type { Config } from './config.js';
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
  /** Finishes what is under way, up to the configured time, and closes everything; the database last. */
  stop(): Promise<void>;
}

interface ApiDeps {
  config: Config;
  toolbox: Toolbox;
  infrastructure: Infrastructure;
  surroundings: Surroundings;
  log: Logger;
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
  await toolbox.revocations.start();

  const schema = buildGraphqlSchema(toolbox.resolvers);
  const server = createHttpServer();
  const apollo = createApolloServer(schema, server, { introspection: !isProduction, log });
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
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(core.port, core.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}`,
    async stop() {
      draining = true;
      await sockets.close();
      await apollo.stop();
      toolbox.revocations.stop();
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
  const stop = async () => {
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
    const transport = createSmtpTransport(smtp);
    stops.push(() => transport.close());
    const toolbox = composeToolbox({ config, secrets, infrastructure, transport, clock });
    await makeFirstAdmin(config, infrastructure, toolbox);

    if (mode !== 'api' && database.relay) {
      const { eventRetentionDays } = config.database;
      const worker = await startWorker({
        toolbox,
        infrastructure,
        relayUrl: database.relay,
        eventRetentionDays,
        log,
      });
      stops.push(() => worker.stop(config.core.shutdown.drainMs));
    }
    const api =
      mode === 'worker' ? null : await startApi({ config, toolbox, infrastructure, surroundings, log });
    if (api) stops.push(() => api.stop());
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
