import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

export interface HttpDrain {
  /** From now on every answer says that its connection ends with it, so that clients come back elsewhere. */
  announce(): void;
  /**
   * Refuses connections, closes those without a request at once and the others after their answer, and cuts what is
   * left after the time. Resolves when none is open; upgraded ones are for their owner to close.
   */
  close(graceMs: number): Promise<void>;
}

/** Counts the requests of each connection. Call it before anything else listens to the server's requests. */
export function trackConnections(server: Server): HttpDrain {
  const answersBySocket = new Map<Socket, Set<ServerResponse>>();
  let announced = false;
  let closing = false;

  function endWithAnswer(response: ServerResponse): void {
    if (!response.headersSent) response.setHeader('connection', 'close');
  }

  server.on('connection', (socket: Socket) => {
    answersBySocket.set(socket, new Set());
    socket.once('close', () => answersBySocket.delete(socket));
  });
  server.on('upgrade', (_request: IncomingMessage, socket: Socket) => answersBySocket.delete(socket));
  server.on('request', ({ socket }: IncomingMessage, response: ServerResponse) => {
    const answers = answersBySocket.get(socket);
    answers?.add(response);
    if (announced) endWithAnswer(response);
    response.once('close', () => {
      answers?.delete(response);
      // Its headers may have gone out before the end was known.
      if (closing && answers?.size === 0) socket.end();
    });
  });

  return {
    announce() {
      announced = true;
      for (const answers of answersBySocket.values()) for (const answer of answers) endWithAnswer(answer);
    },
    async close(graceMs) {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // Not `end`: a request that arrives now would still be read and carried out, and its client told nothing.
      for (const [socket, answers] of answersBySocket) if (answers.size === 0) socket.destroy();
      const cut = setTimeout(() => {
        for (const socket of answersBySocket.keys()) socket.destroy();
      }, graceMs);
      await closed;
      clearTimeout(cut);
    },
  };
}
