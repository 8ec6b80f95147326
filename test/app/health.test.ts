import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { startTestApp, type TestApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

/** Stands between the app and PostgreSQL, which it can take away in two ways. */
class DatabaseGate {
  state: 'open' | 'closed' | 'frozen' = 'open';
  readonly #sockets = new Set<Socket>();
  readonly #server: Server;

  constructor(private readonly target: URL) {
    this.#server = createServer((socket) => this.#accept(socket));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const url = new URL(this.target);
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  #accept(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined); // the other side's business
    socket.once('close', () => this.#sockets.delete(socket));
    if (this.state === 'closed') socket.destroy();
    if (this.state !== 'open') return;
    const upstream = connect(Number(this.target.port), this.target.hostname);
    upstream.on('error', () => socket.destroy());
    upstream.once('close', () => socket.destroy());
    socket.once('close', () => upstream.destroy());
    socket.pipe(upstream).pipe(socket);
  }

  set(state: 'open' | 'closed' | 'frozen'): void {
    this.state = state;
    for (const socket of this.#sockets) {
      if (state === 'frozen') socket.unpipe().pause();
      else socket.destroy();
    }
  }

  async close(): Promise<void> {
    this.set('closed');
    this.#server.close();
    await once(this.#server, 'close');
  }
}

interface Answer {
  status: number;
  body: unknown;
}

async function get(app: TestApp, path: string): Promise<Answer> {
  const response = await fetch(`${app.url}${path}`);
  return { status: response.status, body: await response.json() };
}

describe('health', () => {
  let database: TestDatabase;
  let gate: DatabaseGate;
  let app: TestApp;

  beforeAll(async () => {
    database = await createTestDatabase();
    gate = new DatabaseGate(new URL(database.url('app')));
    app = await startTestApp({ mode: 'api', database, env: { DATABASE_URL: await gate.listen() } });
  });

  afterEach(async () => {
    if (gate.state === 'open') return;
    gate.set('open');
    await waitFor(async () => (await get(app, '/health/ready')).status === 200, {
      what: 'recovery',
      timeoutMs: 10_000,
    });
  }, 15_000);

  afterAll(async () => {
    await app.stop();
    await gate.close();
    await database.drop();
  });

  it.each(['/health', '/api/health'])('%s says healthy, and of each part how it is', async (path) => {
    expect(await get(app, path)).toEqual({
      status: 200,
      body: {
        status: 'healthy',
        checks: {
          database: { state: 'ok' },
          queue: { state: 'ok' },
          disk: { state: 'ok', detail: expect.stringMatching(/^\d+ % free$/) as string },
          redis: { state: 'not configured' },
        },
      },
    });
  });

  it.each([
    ['/health/db', { database: 'connected' }],
    ['/api/v1/health/db', { database: 'connected' }],
    ['/health/redis', { redis: 'not configured' }],
    ['/api/v1/health/redis', { redis: 'not configured' }],
    ['/health/live', { status: 'alive' }],
    ['/api/health/live', { status: 'alive' }],
    ['/health/ready', { status: 'ready' }],
    ['/api/health/ready', { status: 'ready' }],
  ])('%s says %j', async (path, body) => {
    expect(await get(app, path)).toEqual({ status: 200, body });
  });

  it('says that the database is unreachable, stays alive, and recovers by itself', async () => {
    gate.set('closed');
    const unreachable = {
      status: 503,
      body: { database: 'unreachable', detail: expect.any(String) as string },
    };
    expect(await get(app, '/health/db')).toEqual(unreachable);
    expect(await get(app, '/api/v1/health/db')).toEqual(unreachable);
    expect(await get(app, '/health/ready')).toEqual({ status: 503, body: { status: 'unready' } });
    expect(await get(app, '/health/live')).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await get(app, '/health')).toMatchObject({
      status: 503,
      body: {
        status: 'unhealthy',
        checks: { database: { state: 'failed' }, queue: { state: 'failed' }, disk: { state: 'ok' } },
      },
    });
    gate.set('open');
    await waitFor(async () => (await get(app, '/health')).status === 200, { what: 'recovery' });
  });

  it('takes a database that does not answer for one that is down', async () => {
    gate.set('frozen');
    const startedAt = Date.now();
    expect(await get(app, '/health/db')).toEqual({
      status: 503,
      body: { database: 'unreachable', detail: 'no answer in 2000 ms' },
    });
    expect(Date.now() - startedAt).toBeLessThan(4000);
  });

  it('never shows an address or a password', async () => {
    gate.set('closed');
    const texts = await Promise.all(
      ['/health', '/health/db', '/health/redis'].map(async (path) =>
        (await fetch(`${app.url}${path}`)).text(),
      ),
    );
    for (const text of texts) expect(text).not.toMatch(/127\.0\.0\.1|toolbox_app|postgres:\/\//);
  });
});

describe('health with Redis configured', () => {
  it('says that Redis is unreachable when it is, without which the API still takes requests', async () => {
    const app = await startTestApp({ mode: 'api', env: { REDIS_URL: 'redis://127.0.0.1:1' } });
    try {
      const unreachable = {
        status: 503,
        body: { redis: 'unreachable', detail: expect.any(String) as string },
      };
      expect(await get(app, '/health/redis')).toEqual(unreachable);
      expect(await get(app, '/api/v1/health/redis')).toEqual(unreachable);
      expect(await get(app, '/health')).toMatchObject({
        status: 503,
        body: { checks: { redis: { state: 'failed' } } },
      });
      expect((await get(app, '/health/ready')).status).toBe(200);
    } finally {
      await app.stop();
    }
  });
});

describe('a process that was told to stop', () => {
  it('is not ready, but alive and answering, until load balancers have noticed; then it takes nothing', async () => {
    const app = await startTestApp({ mode: 'api', env: { SHUTDOWN_ANNOUNCE_SECONDS: '1' } });
    const stopped = app.stop();
    const ready = await fetch(`${app.url}/health/ready`);
    expect({
      status: ready.status,
      connection: ready.headers.get('connection'),
      body: await ready.json(),
    }).toEqual({
      status: 503,
      connection: 'close',
      body: { status: 'draining' },
    });
    expect(await get(app, '/api/health/ready')).toEqual({ status: 503, body: { status: 'draining' } });
    expect(await get(app, '/health/live')).toEqual({ status: 200, body: { status: 'alive' } });
    const query = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ __typename }"}',
    });
    expect({ status: query.status, connection: query.headers.get('connection') }).toEqual({
      status: 200,
      connection: 'close',
    });
    await stopped;
    await expect(fetch(`${app.url}/health/live`)).rejects.toThrow('fetch failed');
  });
});
