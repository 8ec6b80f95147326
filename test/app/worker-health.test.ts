import { startMailCatcher, type MailCatcher } from '../../src/embedded/mail/mail-catcher.js';
import { startTestApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

describe('the health of a worker', () => {
  let database: TestDatabase;
  let mail: MailCatcher;
  beforeAll(async () => {
    database = await createTestDatabase();
    mail = await startMailCatcher();
  });
  afterAll(async () => {
    await mail.stop();
    await database.drop();
  });

  const start = (env: Record<string, string>) => startTestApp({ mode: 'worker', database, mail, env });

  it('is told on the port that is set for it, and nothing else is there', async () => {
    const app = await start({ WORKER_HEALTH_PORT: '0' });
    const ask = async (path: string) => {
      const response = await fetch(`${app.running.healthUrl}${path}`);
      const body: unknown = await response.json();
      return { status: response.status, body };
    };
    expect(app.running.url).toBeNull();
    expect(await ask('/health/live')).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await ask('/health/ready')).toEqual({ status: 200, body: { status: 'ready' } });
    expect(await ask('/health')).toMatchObject({
      status: 200,
      body: { status: 'healthy', checks: { database: { state: 'ok' }, queue: { state: 'ok' } } },
    });
    expect((await ask('/graphql')).status).toBe(404);
    await app.stop();
    await expect(ask('/health/live')).rejects.toThrow('fetch failed');
  });

  it('is told nowhere when no port is set', async () => {
    const app = await start({});
    expect(app.running.healthUrl).toBeNull();
    await app.stop();
  });

  it('says which variable to change when the port is taken', async () => {
    const first = await start({ WORKER_HEALTH_PORT: '0' });
    const { port } = new URL(first.running.healthUrl ?? '');
    await expect(start({ WORKER_HEALTH_PORT: port })).rejects.toThrow(
      `Port ${port} of 127.0.0.1 cannot be opened: another program has it. Stop that program, or set WORKER_HEALTH_PORT to a free port.`,
    );
    await first.stop();
  });
});
