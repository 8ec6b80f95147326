import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import { GraphQLError } from 'graphql';
import { AppError } from '../kernel/errors.js';
import type { ClientInfo } from '../kernel/context.js';
import type { Logger } from '../kernel/logger.js';
import type { Authenticate } from './authenticate.js';
import { explorerHandler } from './explorer.js';
import type { GraphqlContext, GraphqlContextFactory } from './graphql-context.js';
import type { Health } from './health.js';
import { healthRoutes } from './health.routes.js';
import { checkHost } from './host-check.js';
import { mailPreviewRoutes } from './mail-preview.routes.js';
import { pageRoutes } from './pages/index.js';

const maxBody = '1mb';
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const acceptableRequestId = /^[\w.-]{8,64}$/;

export interface HttpDeps {
  authenticate: Authenticate;
  createContext: GraphqlContextFactory;
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

export function clientOf(request: IncomingMessage): ClientInfo {
  return { address: request.socket.remoteAddress ?? null, userAgent: request.headers['user-agent'] ?? null };
}

interface Locals {
  requestId: string;
}

/** Gives each request an id, says it in the answer, and logs one line when it is answered. */
function logRequests({ log, newRequestId }: HttpDeps): RequestHandler {
  return (req, res, next) => {
    const given = req.headers['x-request-id'];
    const requestId = typeof given === 'string' && acceptableRequestId.test(given) ? given : newRequestId();
    (res.locals as Locals).requestId = requestId;
    res.setHeader('x-request-id', requestId);
    const startedAt = performance.now();
    const { method, path } = req;
    res.on('finish', () => {
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      log.info({ requestId, method, path, status: res.statusCode, ms }, 'request');
    });
    next();
  };
}

function graphqlContext({ authenticate, createContext }: HttpDeps) {
  return async ({ req, res }: { req: express.Request; res: express.Response }): Promise<GraphqlContext> => {
    const { requestId } = res.locals as Locals;
    try {
      const { actor } = await authenticate(req.headers.authorization);
      return createContext({ actor, requestId, client: clientOf(req) });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { code, message, details } = error;
      throw new GraphQLError(message, { extensions: { code, ...details, http: { status: 401 } } });
    }
  };
}

function answerErrors(log: Logger): ErrorRequestHandler {
  return (error: { status?: number; type?: string }, _req, res, next) => {
    const { requestId } = res.locals as Locals;
    if (res.headersSent) {
      next(error);
      return;
    }
    const status = error.status ?? 500;
    if (status >= 500) log.error({ err: error, requestId }, 'request failed');
    const code = status >= 500 ? 'INTERNAL_ERROR' : 'BAD_REQUEST';
    const message =
      status >= 500
        ? 'Something failed on our side.'
        : `The request was refused: ${error.type ?? 'malformed'}.`;
    res.status(status).json({ errors: [{ message, extensions: { code, requestId } }] });
  };
}

/** Adds every route to the server. */
export function mountRoutes(server: Server, apollo: ApolloServer<GraphqlContext>, deps: HttpDeps): Express {
  const { health, isDraining, development, productName, log } = deps;
  const app = express();
  app.disable('x-powered-by');
  app.use(logRequests(deps));
  if (development) {
    app.use(checkHost(development.publicUrl));
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
  app.use(
    '/graphql',
    express.json({ limit: maxBody }),
    expressMiddleware(apollo, { context: graphqlContext(deps) }),
  );
  app.use((req, res) => {
    const message = `There is nothing at ${req.path}. The API is at /graphql.`;
    res.status(404).json({ errors: [{ message, extensions: { code: 'NOT_FOUND' } }] });
  });
  app.use(answerErrors(log));
  server.on('request', app);
  return app;
}
