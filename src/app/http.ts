import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import express, { type ErrorRequestHandler, type Express } from 'express';
import type { Logger } from '../kernel/logger.js';
import { explorerHandler } from './explorer.js';
import { createGraphqlHttp, isGraphqlRequest, type GraphqlHttpDeps } from './graphql-http.js';
import type { Health } from './health.js';
import { healthRoutes } from './health.routes.js';
import { createHostCheck } from './host-check.js';
import { answerJson, beginRequest, requestIdOf } from './http-request.js';
import { mailPreviewRoutes } from './mail-preview.routes.js';
import { pageRoutes } from './pages/index.js';

const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;

export interface HttpDeps {
  graphql: GraphqlHttpDeps;
  health: Health;
  isDraining: () => boolean;
  newRequestId: () => string;
  log: Logger;
  productName: string;
  /** Development shows the explorer and pages of the stand-ins, and answers to local names only. */
  development: {
    publicUrl: string;
    handlers: ((req: IncomingMessage, res: ServerResponse) => Promise<boolean>)[];
  } | null;
}

/** A server whose routes are added when all that they need has started. */
export function createHttpServer(): Server {
  const server = createServer();
  server.headersTimeout = headersTimeoutMs;
  server.requestTimeout = requestTimeoutMs;
  return server;
}

function failed(outgoing: ServerResponse, error: unknown, log: Logger): void {
  const requestId = requestIdOf(outgoing);
  log.error({ err: error, requestId }, 'request failed');
  if (outgoing.headersSent) {
    outgoing.destroy();
    return;
  }
  const message = 'Something failed on our side. Quote the request id when you report it.';
  answerJson(outgoing, 500, { errors: [{ message, extensions: { code: 'INTERNAL_ERROR', requestId } }] });
}

function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: { status?: number; type?: string }, _req, res, _next) => {
    const status = error.status ?? 500;
    if (status >= 500) {
      failed(res, error, log);
      return;
    }
    const message = `The request was refused: ${error.type ?? 'malformed'}.`;
    const extensions = { code: 'BAD_REQUEST', requestId: requestIdOf(res) };
    answerJson(res, status, { errors: [{ message, extensions }] });
  };
}

/** Everything but `POST /graphql` with JSON. */
function createExpressApp({ health, isDraining, development, productName, log }: HttpDeps): Express {
  const app = express();
  app.set('env', development ? 'development' : 'production');
  app.disable('x-powered-by');
  if (development) {
    for (const handle of development.handlers) {
      app.use(async (req, res, next) => {
        if (!(await handle(req, res))) next();
      });
    }
    app.use(mailPreviewRoutes(productName));
    app.get('/graphql', explorerHandler());
  }
  app.use(healthRoutes(health, isDraining));
  app.use(pageRoutes({ productName, development: development !== null }));
  app.all('/graphql', (req, res) => {
    const message = 'Send GraphQL as POST with content-type application/json.';
    const status = req.method === 'POST' ? 415 : 405;
    if (status === 405) res.setHeader('allow', 'POST');
    answerJson(res, status, { errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
  });
  app.use((req, res) => {
    const message = `There is nothing at ${req.path}. The API is at /graphql.`;
    answerJson(res, 404, { errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  });
  app.use(answerErrors(log));
  return app;
}

/** Adds every route to the server: GraphQL over JSON by the thin adapter, all else by Express. */
export function mountRoutes(server: Server, deps: HttpDeps): void {
  const { development, log } = deps;
  const app = createExpressApp(deps);
  const handleGraphql = createGraphqlHttp(deps.graphql);
  const isForeignHost = development && createHostCheck(development.publicUrl);
  server.on('request', (incoming, outgoing) => {
    const request = beginRequest(incoming, outgoing, deps);
    if (isForeignHost?.(request)) return;
    if (!isGraphqlRequest(incoming)) {
      app(incoming, outgoing);
      return;
    }
    handleGraphql(request).catch((error: unknown) => failed(outgoing, error, log));
  });
}
