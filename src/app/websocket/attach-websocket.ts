import type { IncomingMessage, Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { GraphQLError, GraphQLSchema } from 'graphql';
import { handleProtocols, makeServer, type SubscribePayload } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import type { AccessRevocations } from '../../domains/accounts/index.js';
import type { Clock } from '../../kernel/clock.js';
import type { ClientInfo } from '../../kernel/context.js';
import { AppError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';
import type { Authenticate, Authentication } from '../authenticate.js';
import type { GraphqlContext, GraphqlContextFactory } from '../graphql-context.js';
import { presentError } from '../present-error.js';
import { createOpenSockets } from './open-sockets.js';
import { createPrepareOperation, type SocketOperation } from './prepare-operation.js';
import { createExecution } from './run-operation.js';
import { carryProtocol, type SocketExtra } from './socket-transport.js';

const initTimeoutMs = 5_000;
const maxMessageBytes = 1024 * 1024;
/** A client that does not answer the closing of its socket by then is cut off. */
const closePatienceMs = 2000;
const drainPollMs = 5;
/** RFC 6455, section 7.4.1. */
const goingAway = 1001;

export interface WebsocketDeps {
  schema: GraphQLSchema;
  introspection: boolean;
  authenticate: Authenticate;
  revocations: AccessRevocations;
  createContext: GraphqlContextFactory;
  clientOf: (request: IncomingMessage) => ClientInfo;
  newRequestId: () => string;
  clock: Clock;
  log: Logger;
}

export interface WebsocketServer {
  /**
   * Waits up to the time for queries and mutations under way, asks every client to reconnect elsewhere (1001, after
   * which subscribers go on from their cursors), and resolves when the sockets are closed.
   */
  close(drainMs: number): Promise<void>;
}

type ConnectionParams = Record<string, unknown>;

function authorizationOf(params: Readonly<ConnectionParams> | undefined): string | null {
  const value = params?.['authorization'] ?? params?.['Authorization'];
  return typeof value === 'string' ? value : null;
}

/** Null for a token that is refused. */
async function authenticated(
  authenticate: Authenticate,
  params: Readonly<ConnectionParams> | undefined,
): Promise<Authentication | null> {
  try {
    return await authenticate(authorizationOf(params));
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** The graphql-ws protocol, with our authentication, operations and errors in it. */
function createProtocol(
  deps: WebsocketDeps,
  openSockets: ReturnType<typeof createOpenSockets>,
  execution: ReturnType<typeof createExecution>,
) {
  const prepare = createPrepareOperation({ ...deps, openSockets });
  const contexts = new WeakMap<SubscribePayload, GraphqlContext>();
  const present = (context: GraphqlContext | undefined, errors: readonly GraphQLError[]) =>
    errors.map((error) => presentError(error, context?.requestId ?? '', context?.log ?? deps.log));

  return makeServer<ConnectionParams, SocketExtra>({
    connectionInitWaitTimeout: initTimeoutMs,
    async onConnect({ connectionParams, extra }) {
      const authentication = await authenticated(deps.authenticate, connectionParams);
      if (authentication?.actor.kind !== 'user' || !authentication.expiresAt) return false;
      extra.open = openSockets.open(extra.socket, authentication.actor, authentication.expiresAt);
      return extra.open !== null;
    },
    onSubscribe({ extra, subscriptions }, _id, payload) {
      const { open, request } = extra;
      if (!open) throw new Error('An operation came before its socket was authenticated.');
      // The protocol has counted this one already.
      const underWay = Object.keys(subscriptions).length - 1;
      const prepared = prepare({ open, request, payload, underWay });
      contexts.set(payload, prepared.context);
      return 'operation' in prepared ? prepared.operation : prepared.errors;
    },
    execute: (operation) => execution.execute(operation as SocketOperation),
    subscribe: (operation) => execution.subscribe(operation as SocketOperation),
    onNext: (_ctx, _id, payload, _args, result) =>
      result.errors && { ...result, errors: present(contexts.get(payload), result.errors) },
    onError: (_ctx, _id, payload, errors) => present(contexts.get(payload), errors),
  });
}

/** graphql-ws on the server's own port, at /graphql. */
export function attachWebsocket(httpServer: Server, deps: WebsocketDeps): WebsocketServer {
  const openSockets = createOpenSockets(deps.revocations, deps.clock);
  const execution = createExecution();
  const protocol = createProtocol(deps, openSockets, execution);
  const options = {
    noServer: true,
    path: '/graphql',
    maxPayload: maxMessageBytes,
    closeTimeout: closePatienceMs,
    handleProtocols,
  };
  const wss = new WebSocketServer(options);
  // Once closed, it goes on to answer 503, and stock clients try again elsewhere.
  httpServer.on('upgrade', (request, socket, head) =>
    wss.handleUpgrade(request, socket, head, (webSocket) =>
      carryProtocol(protocol, { socket: webSocket, request }, deps.log),
    ),
  );
  return {
    async close(drainMs) {
      const deadline = Date.now() + drainMs;
      while (execution.executing > 0 && Date.now() < deadline) await delay(drainPollMs);
      const closed = new Promise<void>((resolve) => wss.close(() => resolve()));
      for (const socket of wss.clients) socket.close(goingAway, 'Going away');
      await closed;
      openSockets.stop();
    },
  };
}
