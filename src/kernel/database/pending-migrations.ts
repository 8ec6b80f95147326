import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { StartError } from '../start-error.js';

/** Beside src/, in the sources as in dist/. */
export const migrationsDirectory = path.join(import.meta.dirname, '../../../migrations');

export const migrationTable = 'migration';

/** The database is older than this release. */
export class PendingMigrationsError extends StartError {
  override readonly name = 'PendingMigrationsError';

  constructor(readonly pending: string[]) {
    super(
      `The database lacks ${pending.length === 1 ? 'a migration' : `${pending.length} migrations`} of this release ` +
        `(${pending.join(', ')}). Run \`npm run migrate up\` with DATABASE_OWNER_URL set, then start again.`,
    );
  }
}

async function migrationsOfThisRelease(): Promise<string[]> {
  const files = await readdir(migrationsDirectory);
  return files
    .filter((file) => /^Migration.*(?<!\.d)\.(js|ts)$/.test(file))
    .map((file) => path.parse(file).name)
    .sort();
}

/**
 * Refuses a database that lacks migrations of this release. One that has more is fine: during a deployment the new
 * release migrates while the old one still runs.
 * @throws PendingMigrationsError
 */
export async function checkMigrations(client: pg.Client): Promise<void> {
  const present = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    `public.${migrationTable}`,
  ]);
  const applied = new Set<string>();
  if (present.rows[0]?.there) {
    const { rows } = await client.query<{ name: string }>(`select name from ${migrationTable}`);
    for (const { name } of rows) applied.add(name);
  }
  const pending = (await migrationsOfThisRelease()).filter((name) => !applied.has(name));
  if (pending.length > 0) throw new PendingMigrationsError(pending);
}
