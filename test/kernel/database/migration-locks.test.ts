import pg from 'pg';
import { entities } from '../../../src/app/entities.js';
import { createMigrations } from '../../../src/kernel/database/migrations.js';
import { createTestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';

describe('migrating while others use the tables', () => {
  it('gives way again and again, so that nobody queues behind it, and is done once they are', async () => {
    const database = await createTestDatabase();
    const migrations = await createMigrations(database.url('owner'), entities, { lockTimeoutMs: 250 });
    const user = new pg.Client({ connectionString: database.url('app') });
    await user.connect();
    await user.query('begin; select count(*) from session');
    const reverted = migrations.down('0');
    const attempts = new Set<string>();
    await waitFor(async () => {
      const [waiting] = await database.query<{ at: string }>(
        'superuser',
        `select xact_start::text as at from pg_stat_activity
         where datname = $1 and application_name = 'toolbox-migrate' and wait_event_type = 'Lock'`,
        [database.name],
      );
      if (waiting) attempts.add(waiting.at);
      return attempts.size === 2;
    });
    await user.end();
    expect((await reverted).length).toBeGreaterThan(2);
    await migrations.close();
    await database.drop();
  });
});
