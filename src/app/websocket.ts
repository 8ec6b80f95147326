import type { IncomingMessage, Server } from 'node:http';
import {
  createSourceEventStream,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
} from 'graphql';
import { CloseCode } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { UserActor } from '../kernel/actor.js';
import { AppError } from '../kernel/errors.js';
import type { Logger } from '../kernel/logger.js';
import type { AccessRevocations } from '../domains/accounts/index.js';
import type { Authenticate, Authentication } from './authenticate.js';
import type { ClientInfo } from '../kernel/context.js';
import type { GraphqlContext, GraphqlContextFactory } from './graphql-context.js';
import { mapAsyncIterator } from './map-async-iterator.js';
import { presentError } from './present-error.js';

const pingIntervalMs = 15_000;
const initTimeoutMs = 5_000;
const maxMessageBytes = 1024 * 1024;
const maxTimerMs = 2 ** 31 - 1;

export interface WebsocketDeps {
  schema: GraphQLSchema;
  authenticate: Authenticate;
  revocations: AccessRevocations;
  createContext: GraphqlContextFactory;
  clientOf: (request: IncomingMessage) => ClientInfo;
  newRequestId: () => string;
  log: Logger;
}

export interface WebsocketServer {
  /** Asks every client to reconnect elsewhere (1001), and resolves when the sockets are closed. */
  close(): Promise<void>;
}

/** A socket is open for as long as its access token is. */
interface OpenSocket {
  socket: WebSocket;
  actor: UserActor;
  expiry: NodeJS.Timeout;
}

function authorizationOf(params: Readonly<Record<string, unknown>> | undefined): string | null {
  const value = params?.['authorization'] ?? params?.['Authorization'];
  return typeof value === 'string' ? value : null;
}

/** Runs a subscription, with a fresh context for each event. */
async function subscribeFresh(
  args: ExecutionArgs,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream(args);
  if (!(Symbol.asyncIterator in source)) return source;
  const context = args.contextValue as GraphqlContext;
  return mapAsyncIterator(source[Symbol.asyncIterator](), (rootValue) =>
    Promise.resolve(execute({ ...args, rootValue, contextValue: context.renew() })),
  );
}

/** graphql-ws on the server's own port, at /graphql. */
export function attachWebsocket(httpServer: Server, deps: WebsocketDeps): WebsocketServer {
  const { schema, authenticate, revocations, createContext, clientOf, newRequestId, log } = deps;
  const sockets = new Map<WebSocket, OpenSocket>();
  const wss = new WebSocketServer({ server: httpServer, path: '/graphql', maxPayload: maxMessageBytes });

  function opened(socket: WebSocket, { actor, expiresAt }: Authentication): void {
    if (actor.kind !== 'user' || !expiresAt) return;
    const untilExpiryMs = Math.min(expiresAt.getTime() - Date.now(), maxTimerMs);
    // 4403 lets stock clients reconnect, with the new token that they have by then.
    const expiry = setTimeout(() => socket.close(CloseCode.Forbidden, 'Access token expired'), untilExpiryMs);
    sockets.set(socket, { socket, actor, expiry });
    socket.once('close', () => {
      clearTimeout(expiry);
      sockets.delete(socket);
    });
  }

  revocations.onRevoked(() => {
    for (const { socket, actor } of sockets.values()) {
      if (revocations.isRevoked(actor)) socket.close(CloseCode.Forbidden, 'Access ended');
    }
  });

  const present = (context: GraphqlContext, errors: readonly GraphQLError[]) =>
    errors.map((error) => presentError(error, context.requestId, context.log));

  type Extra = Record<PropertyKey, unknown> & { authentication: Authentication };

  const server = useServer<Record<string, unknown>, Extra>(
    {
      schema,
      connectionInitWaitTimeout: initTimeoutMs,
      async onConnect({ connectionParams, extra }) {
        try {
          const authentication = await authenticate(authorizationOf(connectionParams));
          if (authentication.actor.kind !== 'user') return false;
          extra.authentication = authentication;
          opened(extra.socket, authentication);
          return true;
        } catch (error) {
          if (error instanceof AppError) return false;
          log.error({ err: error }, 'socket could not be authenticated');
          throw error;
        }
      },
      context: ({ extra }) =>
        createContext({
          actor: (extra as Extra).authentication.actor,
          requestId: newRequestId(),
          client: clientOf(extra.request),
        }),
      execute,
      subscribe: subscribeFresh,
      onNext: (_ctx, _id, _payload, args, result) =>
        result.errors && {
          ...result,
          errors: present(args.contextValue as GraphqlContext, result.errors),
        },
      onError: (_ctx, _id, _payload, errors) => errors.map((error) => presentError(error, '', log)),
    },
    wss,
    pingIntervalMs,
  );

  return { close: async () => server.dispose() };
}
