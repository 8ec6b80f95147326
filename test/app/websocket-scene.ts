import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, type GraphQLSchema } from 'graphql';
import type { Authentication } from '../../src/app/authenticate.js';
import type { GraphqlContext } from '../../src/app/graphql-context.js';
import { attachWebsocket } from '../../src/app/websocket/attach-websocket.js';
import { AccessTokenRefusedError } from '../../src/domains/accounts/accounts.errors.js';
import type { AccessRevocations, Revocation } from '../../src/domains/accounts/access-revocations.js';
import type { UserActor } from '../../src/kernel/actor.js';
import { uuidV7Ids } from '../../src/kernel/ids.js';
import { captureLog } from '../support/captured-log.js';
import { openRawSocket, type RawSocket } from '../support/raw-socket.js';
import { createTestClock } from '../support/test-clock.js';

/** A subscription that nothing happens on, a query that waits, and one that counts. */
function createSchema(gate: () => Promise<void>, count: () => number): GraphQLSchema {
  const schema = buildSchema(`
    type Query { wait: Boolean count: Int }
    type Subscription { silence: Boolean broken: Boolean }
  `);
  const query = schema.getQueryType()?.getFields();
  const subscription = schema.getSubscriptionType()?.getFields();
  if (!query?.['wait'] || !query['count'] || !subscription?.['silence'] || !subscription['broken']) {
    throw new Error('The schema of the scene lacks a field.');
  }
  query['wait'].resolve = () => gate().then(() => true);
  query['count'].resolve = count;
  subscription['silence'].subscribe = () => new Silence();
  subscription['broken'].subscribe = () => ({
    [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('hunter2 inside')) }),
  });
  return schema;
}

class Silence implements AsyncIterableIterator<never> {
  readonly #ended = Promise.withResolvers<IteratorResult<never, undefined>>();
  next(): Promise<IteratorResult<never, undefined>> {
    return this.#ended.promise;
  }
  return(): Promise<IteratorResult<never, undefined>> {
    this.#ended.resolve({ done: true, value: undefined });
    return this.#ended.promise;
  }
  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Revocations that a test says itself; counts how often it is asked. */
function createRevocations() {
  const listeners = new Set<(revocation: Revocation) => void>();
  const revoked = new Set<string>();
  const asked: UserActor[] = [];
  const revocations: AccessRevocations = {
    start: () => Promise.resolve(),
    isRevoked(actor) {
      asked.push(actor);
      return revoked.has(actor.sessionId) || revoked.has(`${actor.membership?.orgId}/${actor.userId}`);
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: () => undefined,
  };
  return {
    revocations,
    asked,
    listeners,
    revoke(revocation: Revocation, tell = true) {
      const { sessionId, membership } = revocation;
      if (sessionId) revoked.add(sessionId);
      if (membership) revoked.add(`${membership.orgId}/${membership.userId}`);
      if (tell) for (const listener of listeners) listener(revocation);
    },
  };
}

/**
 * Sockets on a server of their own, without a database. The token `USER/SESSION/ORG` speaks for these; `broken`
 * cannot be verified, and one that begins with `slow-` is verified once {@link verifySlow} is called.
 */
export async function createWebsocketScene({ introspection = true } = {}) {
  const [gate, slow] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let counted = 0;
  const clock = createTestClock();
  const captured = captureLog();
  const access = createRevocations();
  const httpServer = createServer();
  const opened: RawSocket[] = [];

  async function authenticate(authorization: string | null | undefined): Promise<Authentication> {
    const token = authorization?.replace('Bearer ', '') ?? '';
    if (token === 'broken') throw new Error('hunter2 inside');
    if (token === 'refused') throw new AccessTokenRefusedError();
    if (token.startsWith('slow-')) await slow.promise;
    const [userId = '', sessionId = '', orgId = ''] = token.replace('slow-', '').split('/');
    const membership = { orgId, role: 'member' as const, version: 1 };
    const actor: UserActor = { kind: 'user', userId, sessionId, platformAdmin: false, membership };
    return { actor, expiresAt: new Date(clock.now().getTime() + 60_000) };
  }

  const server = attachWebsocket(httpServer, {
    schema: createSchema(
      () => gate.promise,
      () => (counted += 1),
    ),
    introspection,
    authenticate,
    revocations: access.revocations,
    createContext: ({ requestId }) => ({ requestId, log: captured.log }) as GraphqlContext,
    clientOf: () => ({ address: null, userAgent: null }),
    newRequestId: () => uuidV7Ids.next(),
    clock,
    log: captured.log,
  });
  httpServer.listen(0, '127.0.0.1');
  await once(httpServer, 'listening');
  const url = `http://127.0.0.1:${(httpServer.address() as AddressInfo).port}`;

  async function open(): Promise<RawSocket> {
    const socket = await openRawSocket(url);
    opened.push(socket);
    return socket;
  }

  return {
    ...access,
    captured,
    clock,
    server,
    open,
    async connect(token = 'user/session/org'): Promise<RawSocket> {
      const socket = await open();
      await socket.connect(token);
      return socket;
    },
    counted: () => counted,
    releaseQueries: () => gate.resolve(),
    verifySlow: () => slow.resolve(),
    async close() {
      gate.resolve();
      slow.resolve();
      opened.forEach(({ socket }) => socket.terminate());
      await server.close(0);
      httpServer.close();
    },
  };
}

export type WebsocketScene = Awaited<ReturnType<typeof createWebsocketScene>>;
