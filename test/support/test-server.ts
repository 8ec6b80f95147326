import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { entities } from '../../src/app/entities.js';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.js';
import { bootstrapRoles, ensureDatabase } from '../../src/kernel/database/bootstrap-roles.js';
import { createMigrations } from '../../src/kernel/database/migrations.js';
import { templateDatabase, testPasswords, urlOf } from './database.js';

/** For runs that end before a crash of the machine could matter. */
const fast = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Starts the PostgreSQL of the whole run, with one migrated database to clone. */
export async function startTestServer(
  durability: Record<string, string> = fast,
): Promise<{ stop(): Promise<void> }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'toolbox-test-'));
  const log = { info: () => undefined, warn: () => undefined };
  const settings = { ...durability, max_connections: '200' };
  const server = await startEmbeddedPostgres({ stateDirectory: directory, log, settings });
  process.env['TOOLBOX_TEST_SUPERUSER_URL'] = server.superuserUrl;
  await ensureDatabase(server.superuserUrl, templateDatabase);
  await bootstrapRoles(urlOf('superuser', templateDatabase), templateDatabase, testPasswords);
  const migrations = await createMigrations(urlOf('owner', templateDatabase), entities);
  await migrations.up();
  await migrations.close();
  return {
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
