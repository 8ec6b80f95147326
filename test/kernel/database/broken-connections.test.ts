import { entities } from '../../../src/app/entities.js';
import { openDatabase, type Database } from '../../../src/kernel/database/database.js';
import { createLogger } from '../../../src/kernel/logger.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const poolSize = 2;

describe('connections that break while they are in use', () => {
  let testDatabase: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    testDatabase = await createTestDatabase();
    const log = createLogger({ level: 'silent' });
    database = await openDatabase({ url: testDatabase.url('app'), entities, poolSize, log });
  });

  afterAll(() => testDatabase.drop());

  /** A transaction that runs into its connection's end, at a query or between two. */
  async function loseConnection(how: 'during a query' | 'between two'): Promise<void> {
    const em = database.entityManager({ orgId: null, userId: null });
    await em.transactional(async (tx) => {
      const [{ pid }] = await tx.execute<[{ pid: number }]>('select pg_backend_pid() as pid');
      const terminate = () => testDatabase.query('superuser', `select pg_terminate_backend($1, 5000)`, [pid]);
      await Promise.all([terminate(), how === 'during a query' && tx.execute('select pg_sleep(10)')]);
      await tx.execute('select 1');
    });
  }

  it.each(['during a query', 'between two'] as const)('leave the pool, when lost %s', async (how) => {
    for (let lost = 0; lost <= poolSize; lost += 1) {
      await expect(loseConnection(how)).rejects.toThrow();
    }
    await Promise.all(Array.from({ length: poolSize }, () => database.ping()));
  });

  it('do not keep the pool from closing', async () => {
    await expect(loseConnection('during a query')).rejects.toThrow();
    await database.close();
  });
});
