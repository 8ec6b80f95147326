import { setTimeout as delay } from 'node:timers/promises';
import { createRedisPing } from '../adapters/redis/redis-ping.js';
import type { Actor } from '../kernel/actor.js';
import type { Clock } from '../kernel/clock.js';
import type { Logger } from '../kernel/logger.js';
import { LruCache } from '../kernel/lru-cache.js';
import { createLane, type Lane } from '../kernel/read/lane.js';
import { createReadPool } from '../kernel/read/read-pool.js';
import { createLanePlans, readLanePlugin } from './read-lane.plugin.js';
import type { Toolbox } from './compose.js';
import type { Config } from './config.js';
import { trackConnections } from './drain-http.js';
import { createGraphqlContextFactory } from './graphql-context.js';
import { buildGraphqlSchema } from './graphql-schema.js';
import { createApolloServer } from './graphql-server.js';
import { createHealth } from './health.js';
import type { KnownOperations } from './graphql-http.js';
import { createHttpServer, mountRoutes } from './http.js';
import { clientOf, createRequestIds } from './http-request.js';
import type { Infrastructure } from './infrastructure.js';
import { listen } from './listen.js';
import type { Surroundings } from './stand-ins.js';
import { stopAll } from './stop-all.js';
import { attachWebsocket } from './websocket/attach-websocket.js';
import type { GraphQLSchema } from 'graphql';

const maxKnownOperationBytes = 16 * 1024 * 1024;

interface ApiDeps {
  config: Config;
  toolbox: Toolbox;
  infrastructure: Infrastructure;
  surroundings: Surroundings;
  clock: Clock;
  /** See `DatabaseOptions.orgPredicates`. */
  orgPredicates: boolean;
  /** Whether the read lane answers what it can; without it, resolvers answer everything. */
  readLane: boolean;
  log: Logger;
}

/** Declines everything. */
const closedLane: Lane = { answered: 0, prepare: () => null };

/** The read lane over its own connections, and what it has answered so far. */
async function openReadLane(schema: GraphQLSchema, deps: ApiDeps) {
  const { config, toolbox, surroundings, clock, orgPredicates, readLane, log } = deps;
  const known: KnownOperations = new LruCache(maxKnownOperationBytes);
  const reads = createReadPool({ url: surroundings.database.app, size: config.database.readPoolSize, log });
  await reads.open();
  const lane = readLane
    ? createLane({ schema, roots: toolbox.reads, pool: reads, clock, orgPredicates, log })
    : closedLane;
  return { lane, plugin: readLanePlugin(createLanePlans(lane), known), known, reads };
}

/** Starts HTTP and sockets. @returns the address and the function that drains and closes them. */
export async function startApi(deps: ApiDeps) {
  const { config, toolbox, infrastructure, surroundings, log } = deps;
  const { core } = config;
  const isProduction = core.env === 'production';
  const newRequestId = createRequestIds();
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
  const { lane, plugin, known, reads } = await openReadLane(schema, deps);
  const apollo = createApolloServer(schema, {
    introspection: !isProduction,
    lane: plugin,
    isProduction,
    log,
  });
  await apollo.start();
  const { authenticate, revocations } = toolbox;
  const sockets = attachWebsocket(server, {
    schema,
    introspection: !isProduction,
    authenticate,
    revocations,
    createContext,
    clientOf,
    newRequestId,
    clock: deps.clock,
    log,
  });
  const { mailCatcher } = surroundings;
  mountRoutes(server, {
    graphql: { apollo, authenticate, createContext, known, log },
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
  const port = await listen(server, { ...core, variable: 'PORT' }).catch(async (error: unknown) => {
    // Its open connections would keep the process alive.
    await reads.close();
    throw error;
  });
  return {
    url: `http://localhost:${port}`,
    lane,
    async announceStop() {
      draining = true;
      connections.announce();
      await delay(core.shutdown.announceMs);
    },
    async stop() {
      draining = true;
      connections.announce();
      const { drainMs } = core.shutdown;
      // Nobody comes in any more, so that clients whose socket is closed do not come back here.
      const drained = [() => connections.close(drainMs), () => sockets.close(drainMs)];
      await stopAll([drained, [() => apollo.stop()], [() => reads.close()]], log);
    },
  };
}
