import path from 'node:path';
import { MikroORM, type AnyEntity, type EntityClass } from '@mikro-orm/postgresql';
import { Migrator } from '@mikro-orm/migrations';
import pg from 'pg';
import { ormOptions } from './database.js';
import { migrationsDirectory, migrationTable } from './pending-migrations.js';

/** Where new migrations and the snapshot stand, also when this runs from `dist/` in a checkout. */
const sourceDirectory =
  path.basename(path.dirname(migrationsDirectory)) === 'dist'
    ? path.join(migrationsDirectory, '../../migrations')
    : migrationsDirectory;

/** One migration at a time, whichever process asks. */
const migrationLock = 'toolbox-migrate';
/** Whoever comes after a statement that waits for its lock waits too: better to give way and come back. */
const defaultLockTimeoutMs = 3000;
const lockAttempts = 6;
const lockNotAvailable = '55P03';

/** The migrator wraps the errors of the driver. */
function isLockTimeout(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (Reflect.get(cause, 'code') === lockNotAvailable) return true;
  }
  return false;
}

/** Repeats the whole run, of which nothing is left: it is one transaction. */
async function retryLocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (attempt === lockAttempts || !isLockTimeout(error)) throw error;
    }
  }
}

export interface AppliedMigration {
  name: string;
  appliedAt: Date;
}

export interface MigrationStatus {
  applied: AppliedMigration[];
  pending: string[];
}

export interface Migrations {
  /**
   * Applies what is pending, all or nothing. A lock that others hold is waited for 3 seconds at a time, six times.
   * @returns the names.
   */
  up(): Promise<string[]>;
  /** Reverts the newest migration, or all that came after `to` (0 for all). @returns the names. */
  down(to?: string): Promise<string[]>;
  status(): Promise<MigrationStatus>;
  /** Whether the entities differ from the committed snapshot; needs no database. */
  isOutOfStep(): Promise<boolean>;
  /** Writes a migration for the difference. @returns its file's name, or null when there is none. */
  create(name?: string): Promise<string | null>;
  close(): Promise<void>;
}

/** Migrates as `toolbox_owner`. `url` may be null for what needs no database. */
export async function createMigrations(
  url: string | null,
  entities: EntityClass<AnyEntity>[],
  { lockTimeoutMs = defaultLockTimeoutMs } = {},
): Promise<Migrations> {
  const orm = await MikroORM.init({
    ...ormOptions(entities),
    ...(url ? { clientUrl: url } : { dbName: 'toolbox' }),
    driverOptions: { application_name: 'toolbox-migrate', lock_timeout: lockTimeoutMs },
    extensions: [Migrator],
    logger: () => undefined,
    migrations: {
      path: migrationsDirectory,
      // The snapshot stands beside the sources; a build has none and needs none.
      pathTs: sourceDirectory,
      glob: 'Migration*.{js,ts}',
      tableName: migrationTable,
      snapshotName: '.snapshot',
      snapshotOnMigrate: false,
      disableForeignKeys: false,
      allOrNothing: true,
      emit: 'ts',
    },
  });

  async function locked<T>(work: () => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: url ?? undefined, application_name: 'toolbox-migrate' });
    // It idles while the migrations run: should it break, they are on their own, and no reason to end the process.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query('select pg_advisory_lock(hashtext($1))', [migrationLock]);
      return await retryLocks(work);
    } finally {
      // Ending the session frees the lock.
      await client.end();
    }
  }

  return {
    up: () => locked(async () => (await orm.migrator.up()).map(({ name }) => name)),
    down: (to) =>
      locked(async () => {
        const reverted =
          to === undefined ? await orm.migrator.down() : await orm.migrator.down({ to: to === '0' ? 0 : to });
        return reverted.map(({ name }) => name);
      }),
    async status() {
      const executed = await orm.migrator.getExecuted();
      const pending = await orm.migrator.getPending();
      return {
        applied: executed.map((row) => ({ name: row.name, appliedAt: row.executed_at })),
        pending: pending.map(({ name }) => name),
      };
    },
    isOutOfStep: () => orm.migrator.checkSchema(),
    async create(name) {
      const { fileName } = await orm.migrator.create(sourceDirectory, false, false, name);
      return fileName || null;
    },
    close: () => orm.close(true),
  };
}
