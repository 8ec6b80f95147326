import { startMailCatcher, type MailCatcher } from '../../src/embedded/mail/mail-catcher.js';
import { createLogger } from '../../src/kernel/logger.js';
import { startTestApp } from '../support/app.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

describe('a worker that cannot start', () => {
  let database: TestDatabase;
  let mail: MailCatcher;
  beforeEach(async () => {
    database = await createTestDatabase();
    mail = await startMailCatcher({ pathPrefix: '/dev/mail' });
  });
  afterEach(async () => {
    await mail.stop();
    await database.drop();
  });

  const start = (env: Record<string, string> = {}) =>
    startTestApp({ mode: 'worker', database, mail, env, log: createLogger({ level: 'silent' }) });

  async function nothingIsOpen(): Promise<void> {
    const sql = `select application_name from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()`;
    await waitFor(async () => (await database.query('superuser', sql, [database.name])).length === 0);
  }

  it('closes what it had opened by then', async () => {
    await database.query('superuser', 'drop schema pgboss cascade');
    await expect(start()).rejects.toThrow('pg-boss');
    await nothingIsOpen();
  });

  it("says so when it was given the owner's login for the relay", async () => {
    const started = start({ DATABASE_RELAY_URL: database.url('owner') });
    await expect(started).rejects.toThrow('Give DATABASE_RELAY_URL the login toolbox_relay');
    await nothingIsOpen();
  });
});
