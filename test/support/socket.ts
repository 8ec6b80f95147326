import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TypedDocumentString } from './generated/graphql.js';
import { waitFor } from './wait-for.js';

export interface Followed<R> {
  /** Everything that arrived so far, in order. */
  received: R[];
  errors: unknown[];
  /** Resolves when so many have arrived. */
  count(n: number): Promise<R[]>;
  /** Resolves when the operation has ended. */
  ended: Promise<void>;
  stop(): void;
}

export interface TestSocket {
  client: Client;
  /** Close codes seen, in order. */
  closed: { code: number; reason: string }[];
  follow<R, V extends Record<string, unknown>>(
    document: TypedDocumentString<R, V>,
    variables: V,
  ): Followed<R>;
  dispose(): Promise<void>;
}

/** A stock graphql-ws client that does not reconnect by itself. */
export function openSocket(url: string, accessToken: string | (() => string)): TestSocket {
  const closed: { code: number; reason: string }[] = [];
  const client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazy: true,
    connectionParams: () => ({
      authorization: `Bearer ${typeof accessToken === 'string' ? accessToken : accessToken()}`,
    }),
    on: { closed: (event) => closed.push(event as { code: number; reason: string }) },
  });
  return {
    client,
    closed,
    follow<R, V extends Record<string, unknown>>(
      document: TypedDocumentString<R, V>,
      variables: V,
    ): Followed<R> {
      const received: R[] = [];
      const errors: unknown[] = [];
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      const stop = client.subscribe<R>(
        { query: document.toString(), variables },
        {
          next: ({ data, errors: failures }) => {
            if (failures) errors.push(...failures);
            else if (data) received.push(data);
          },
          error: (error) => {
            errors.push(error);
            end();
          },
          complete: end,
        },
      );
      return {
        received,
        errors,
        count: async (n) => {
          await waitFor(() => received.length >= n, {
            what: `${n} items on the socket (${received.length} came)`,
          });
          return received;
        },
        ended,
        stop,
      };
    },
    dispose: async () => client.dispose(),
  };
}
