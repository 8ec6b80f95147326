import express from 'express';
import { createRedisPing } from '../adapters/redis/redis-ping.js';
import type { Config } from './config.js';
import { trackConnections } from './drain-http.js';
import { createHealth } from './health.js';
import { healthRoutes } from './health.routes.js';
import { createHttpServer } from './http.js';
import { answerJson } from './http-request.js';
import type { Infrastructure } from './infrastructure.js';
import { listen } from './listen.js';

export interface WorkerHealth {
  url: string;
  /** From now on it is not ready. */
  announceStop(): Promise<void>;
  stop(): Promise<void>;
}

/** What an orchestrator asks of a worker, which serves nothing else. Null where no port is set for it. */
export async function startWorkerHealth(
  { core, redis }: Config,
  { database }: Infrastructure,
): Promise<WorkerHealth | null> {
  const { workerHealthPort: port, host } = core;
  if (port === undefined) return null;
  let draining = false;
  const server = createHttpServer();
  const connections = trackConnections(server);
  const health = createHealth({
    database,
    pingRedis: redis.url ? createRedisPing(redis.url) : null,
    directory: process.cwd(),
  });
  const app = express();
  app.disable('x-powered-by');
  app.use(healthRoutes(health, () => draining));
  app.use((_req, res) => {
    const message = 'This is a worker: only /health, /health/live and /health/ready are here.';
    answerJson(res, 404, { errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  });
  server.on('request', app);
  const opened = await listen(server, { port, host, variable: 'WORKER_HEALTH_PORT' });
  return {
    url: `http://localhost:${opened}`,
    announceStop() {
      draining = true;
      connections.announce();
      return Promise.resolve();
    },
    stop: () => connections.close(0),
  };
}
