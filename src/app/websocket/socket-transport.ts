import type { IncomingMessage } from 'node:http';
import { CloseCode, type Server as ProtocolServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Logger } from '../../kernel/logger.js';
import type { OpenSocket } from './open-sockets.js';

const pingIntervalMs = 15_000;

/** What the protocol keeps with a socket. */
export interface SocketExtra {
  socket: WebSocket;
  request: IncomingMessage;
  /** Once it is authenticated. */
  open: OpenSocket | null;
}

/** Cuts off a peer that does not answer a ping before the next one. @returns what ends it */
function keepAlive(socket: WebSocket): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) {
      socket.terminate();
      return;
    }
    answered = false;
    socket.ping();
  }, pingIntervalMs);
  return () => clearInterval(timer);
}

/**
 * Carries the graphql-ws protocol over `ws`, as `graphql-ws/use/ws` does, but logs where that prints to the console,
 * and never tells a peer the words of an internal error. What arrives on a socket that is being closed is dropped.
 */
export function carryProtocol(
  server: ProtocolServer<SocketExtra>,
  { socket, request }: { socket: WebSocket; request: IncomingMessage },
  log: Logger,
): void {
  const stopPings = keepAlive(socket);
  const failed = (error: unknown) => {
    log.error({ err: error }, 'a message of a socket could not be handled');
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  // A broken or too long frame, or a lost connection: `ws` closes the socket by itself.
  socket.on('error', (error) => log.debug({ err: error }, 'socket broke'));
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) =>
        new Promise((resolve) => {
          // A write that fails is followed by the close of the socket, which ends its operations.
          if (socket.readyState === socket.OPEN) socket.send(text, () => resolve());
          else resolve();
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => {
        socket.on('message', (data: Buffer) => {
          if (socket.readyState === socket.OPEN) handle(data.toString()).catch(failed);
        });
      },
    },
    { socket, request, open: null },
  );
  socket.once('close', (code, reason) => {
    stopPings();
    closed(code, reason.toString()).catch((error: unknown) =>
      log.error({ err: error }, 'the operations of a closed socket could not be ended'),
    );
  });
}
