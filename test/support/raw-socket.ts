import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { GraphqlFailure } from './client.js';
import { waitFor } from './wait-for.js';

export interface SocketMessage {
  type: string;
  id?: string;
  payload?: unknown;
}

export interface RawSocket {
  socket: WebSocket;
  received: SocketMessage[];
  closed: Promise<{ code: number; reason: string }>;
  send(message: SocketMessage): void;
  /** Asks for an operation. */
  subscribe(id: string, query: string, operationName?: string): void;
  /** The first answer to an operation: `next`, `error` or `complete`. */
  answer(id: string): Promise<SocketMessage>;
  /** The codes of the errors that the operation ends with. */
  codes(id: string): Promise<string[]>;
  /** Authenticates. Resolves when that is acknowledged. */
  connect(token: string): Promise<void>;
}

/** Speaks the protocol message by message, for what stock clients never send. */
export async function openRawSocket(url: string): Promise<RawSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws');
  const received: SocketMessage[] = [];
  socket.on('message', (data: Buffer) => received.push(JSON.parse(data.toString()) as SocketMessage));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
  });
  await once(socket, 'open');
  const send = (message: SocketMessage) => socket.send(JSON.stringify(message));
  const answer = (id: string) =>
    waitFor(() => received.find((message) => message.id === id), { what: `an answer to ${id}` });
  return {
    socket,
    received,
    closed,
    send,
    subscribe: (id, query, operationName) => {
      send({
        type: 'subscribe',
        id,
        payload: { query, ...(operationName !== undefined && { operationName }) },
      });
    },
    answer,
    async codes(id) {
      const { type, payload } = await answer(id);
      if (type !== 'error') throw new Error(`${id} got ${type}: ${JSON.stringify(payload)}`);
      return (payload as GraphqlFailure[]).map(({ extensions }) => extensions.code);
    },
    async connect(token) {
      send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
      await waitFor(() => received.some(({ type }) => type === 'connection_ack'), {
        what: 'the acknowledgement',
      });
    },
  };
}
