import { jest } from '@jest/globals';
import { maxSocketsPerAccount } from '../../src/app/websocket/open-sockets.js';
import { maxOperationsPerSocket } from '../../src/app/websocket/prepare-operation.js';
import { waitFor } from '../support/wait-for.js';
import { createWebsocketScene, type WebsocketScene } from './websocket-scene.js';

const times = (n: number) => Array.from({ length: n }, (_each, index) => String(index));

describe('a socket', () => {
  let scene: WebsocketScene;
  const printed = [jest.spyOn(console, 'error'), jest.spyOn(console, 'warn')];
  beforeEach(async () => {
    printed.forEach((print) => print.mockClear());
    scene = await createWebsocketScene();
  });
  afterEach(async () => {
    await scene.close();
    for (const print of printed) expect(print).not.toHaveBeenCalled();
  });

  describe('with a document that cannot run', () => {
    it.each([
      ['that is not GraphQL', '{ count', undefined, 'GRAPHQL_PARSE_FAILED'],
      ['that is empty', '', undefined, 'GRAPHQL_PARSE_FAILED'],
      ['of too many tokens', `{ ${'count '.repeat(5001)} }`, undefined, 'GRAPHQL_PARSE_FAILED'],
      ['that does not fit the schema', '{ nothing }', undefined, 'GRAPHQL_VALIDATION_FAILED'],
      ['without the named operation', 'query A { count }', 'B', 'OPERATION_RESOLUTION_FAILURE'],
      [
        'of two operations, none named',
        'query A { count } query B { wait }',
        undefined,
        'OPERATION_RESOLUTION_FAILURE',
      ],
    ])('%s fails that operation, and nothing else', async (_what, query, name, code) => {
      const socket = await scene.connect();
      socket.subscribe('bad', query, name);
      expect(await socket.codes('bad')).toEqual([code]);
      socket.subscribe('again', query, name);
      expect(await socket.codes('again')).toEqual([code]);
      for (const id of ['good', 'good again']) {
        socket.subscribe(id, '{ count }');
        expect(await socket.answer(id)).toMatchObject({ type: 'next' });
      }
      expect(scene.counted()).toBe(2);
      expect(scene.captured.lines().filter(({ level }) => Number(level) >= 40)).toEqual([]);
    });

    it('says where a syntax error is', async () => {
      const socket = await scene.connect();
      socket.subscribe('bad', '{ count');
      expect((await socket.answer('bad')).payload).toEqual([
        {
          message: 'Syntax Error: Expected Name, found <EOF>.',
          locations: [{ line: 1, column: 8 }],
          extensions: { code: 'GRAPHQL_PARSE_FAILED' },
        },
      ]);
    });

    it('that asks for the schema is refused only where introspection is off', async () => {
      const query = '{ __schema { description } }';
      const socket = await scene.connect();
      socket.subscribe('schema', query);
      expect(await socket.answer('schema')).toMatchObject({ type: 'next', payload: { data: {} } });
      const closedScene = await createWebsocketScene({ introspection: false });
      const refused = await closedScene.connect();
      refused.subscribe('schema', query);
      expect(await refused.codes('schema')).toEqual(['GRAPHQL_VALIDATION_FAILED']);
      await closedScene.close();
    });
  });

  describe('whose access has ended', () => {
    it('runs nothing more once its token has expired', async () => {
      const socket = await scene.connect();
      scene.clock.advanceMs(60_000);
      for (const [id, query] of [
        ['query', '{ count }'],
        ['subscription', 'subscription { silence }'],
      ] as const) {
        socket.subscribe(id, query);
        expect(await socket.codes(id)).toEqual(['ACCOUNTS_ACCESS_TOKEN_REFUSED']);
      }
      expect(scene.counted()).toBe(0);
    });

    it('runs nothing more once it is revoked, also before the socket is told', async () => {
      const socket = await scene.connect();
      scene.revoke({ sessionId: 'session' }, false);
      socket.subscribe('query', '{ count }');
      expect(await socket.codes('query')).toEqual(['ACCOUNTS_ACCESS_TOKEN_REFUSED']);
      expect(scene.counted()).toBe(0);
    });

    it('is cut off after two seconds, and runs nothing meanwhile, when the client does not answer the close', async () => {
      const deaf = await scene.connect();
      deaf.socket.close = () => undefined;
      const startedAt = Date.now();
      scene.revoke({ sessionId: 'session' });
      await waitFor(() => (deaf.socket as unknown as { _closeFrameReceived: boolean })._closeFrameReceived);
      deaf.subscribe('late', '{ count }');
      expect(await deaf.closed).toEqual({ code: 4403, reason: 'Access ended' });
      expect(Date.now() - startedAt).toBeLessThan(4000);
      expect(scene.counted()).toBe(0);
    });

    it('is found without asking about the sockets of others', async () => {
      const sockets = await Promise.all(
        ['a/a1/org', 'a/a2/org', 'a/a3/other', 'b/b1/org', 'c/c1/org'].map((token) => scene.connect(token)),
      );
      scene.asked.length = 0;
      scene.revoke({ sessionId: 'a1' });
      expect(scene.asked.map(({ sessionId }) => sessionId)).toEqual(['a1']);
      scene.asked.length = 0;
      scene.revoke({ membership: { userId: 'a', orgId: 'org', version: 2 } });
      expect(scene.asked.every(({ userId }) => userId === 'a')).toBe(true);
      expect(await sockets[0]?.closed).toMatchObject({ code: 4403 });
      expect(await sockets[1]?.closed).toMatchObject({ code: 4403 });
      for (const index of [2, 3, 4]) {
        sockets[index]?.subscribe('query', '{ count }');
        expect(await sockets[index]?.answer('query')).toMatchObject({ type: 'next' });
      }
    });
  });

  describe('keeps to its limits:', () => {
    it(`${maxOperationsPerSocket} operations at once`, async () => {
      const socket = await scene.connect();
      for (const id of times(maxOperationsPerSocket)) socket.subscribe(id, 'subscription { silence }');
      socket.subscribe('one more', '{ count }');
      expect(await socket.codes('one more')).toEqual(['BUSY']);
      socket.send({ type: 'complete', id: '0' });
      socket.subscribe('instead', '{ count }');
      expect(await socket.answer('instead')).toMatchObject({ type: 'next' });
    });

    it(`${maxOperationsPerSocket} operations at once, also when it gives up those that still run`, async () => {
      const socket = await scene.connect();
      for (const id of times(maxOperationsPerSocket)) {
        socket.subscribe(id, '{ wait }');
        socket.send({ type: 'complete', id });
      }
      socket.subscribe('one more', '{ count }');
      expect(await socket.codes('one more')).toEqual(['BUSY']);
      scene.releaseQueries();
      await waitFor(
        async () => {
          socket.subscribe('later', '{ count }');
          const { type } = await socket.answer('later');
          socket.received.length = 0;
          return type === 'next';
        },
        { what: 'room for another operation' },
      );
    });

    it(`${maxSocketsPerAccount} sockets of one account, of whichever session`, async () => {
      const [first] = await Promise.all(
        times(maxSocketsPerAccount).map((each) => scene.connect(`user/${each}/org`)),
      );
      const refused = await scene.open();
      refused.send({ type: 'connection_init', payload: { authorization: 'Bearer user/new/org' } });
      expect(await refused.closed).toEqual({ code: 4429, reason: 'Too many sockets of this account' });
      await scene.connect('other/session/org');
      first?.socket.close();
      await first?.closed;
      await scene.connect('user/new/org');
    });
  });

  it('that leaves while it is authenticated is not taken for an open one', async () => {
    const left = await Promise.all(times(maxSocketsPerAccount).map(() => scene.open()));
    for (const each of left) {
      each.send({ type: 'connection_init', payload: { authorization: 'Bearer slow-user/session/org' } });
      each.socket.close();
    }
    await Promise.all(left.map(({ closed }) => closed));
    scene.verifySlow();
    await scene.connect('user/session/org');
  });

  describe('says nothing of what fails inside', () => {
    it('while it is authenticated', async () => {
      const socket = await scene.open();
      socket.send({ type: 'connection_init', payload: { authorization: 'Bearer broken' } });
      expect(await socket.closed).toEqual({ code: 4500, reason: 'Internal server error' });
      expect(scene.captured.text()).toContain('hunter2');
    });

    it('in a subscription, but the request id under which the log has it', async () => {
      const socket = await scene.connect();
      socket.subscribe('broken', 'subscription { broken }');
      const { payload } = await socket.answer('broken');
      const [{ message, extensions } = { message: '', extensions: {} }] = payload as {
        message: string;
        extensions: Record<string, unknown>;
      }[];
      expect(message).not.toContain('hunter2');
      expect(extensions).toEqual({
        code: 'INTERNAL_ERROR',
        requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      });
      expect(scene.captured.text()).toContain('hunter2');
    });
  });

  it('whose token is refused is closed so that stock clients come back with another', async () => {
    const socket = await scene.open();
    socket.send({ type: 'connection_init', payload: { authorization: 'Bearer refused' } });
    expect(await socket.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it('is closed for a message over 1 MB, for one that is none of the protocol, and for one before its time', async () => {
    const [long, strange, early] = await Promise.all([scene.connect(), scene.connect(), scene.open()]);
    long.socket.send('x'.repeat(1024 * 1024 + 1));
    strange.socket.send('{"type":"shrug"}');
    early.subscribe('early', '{ count }');
    expect((await long.closed).code).toBe(1009);
    expect((await strange.closed).code).toBe(4400);
    expect((await early.closed).code).toBe(4401);
    expect(scene.counted()).toBe(0);
  });

  it('carries out nothing that arrives after it was told that the server stops', async () => {
    const deaf = await scene.connect();
    deaf.socket.close = () => undefined;
    const closed = scene.server.close(0);
    await waitFor(() => (deaf.socket as unknown as { _closeFrameReceived: boolean })._closeFrameReceived);
    deaf.subscribe('late', '{ count }');
    await closed;
    expect((await deaf.closed).code).toBe(1001);
    expect(scene.counted()).toBe(0);
  });

  it('is asked to reconnect elsewhere when the server stops, after its queries', async () => {
    const [idle, busy] = await Promise.all([scene.connect(), scene.connect()]);
    idle.subscribe('silence', 'subscription { silence }');
    busy.subscribe('slow', '{ wait }');
    busy.subscribe('quick', '{ count }');
    await busy.answer('quick');
    const closed = scene.server.close(5000);
    scene.releaseQueries();
    expect(await busy.answer('slow')).toMatchObject({ type: 'next' });
    await closed;
    expect(await Promise.all([idle.closed, busy.closed])).toEqual([
      { code: 1001, reason: 'Going away' },
      { code: 1001, reason: 'Going away' },
    ]);
    expect(scene.listeners.size).toBe(0);
  });
});
