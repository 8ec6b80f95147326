import { randomBytes } from 'node:crypto';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded/postgres/embedded-postgres.js';
import { bootstrapRoles, ensureDatabase, type RolePasswords } from '../kernel/database/bootstrap-roles.js';
import type { Logger } from '../kernel/logger.js';
import type { Config } from './config.js';

const databaseName = 'toolbox';

export interface EmbeddedDatabase {
  server: EmbeddedPostgres;
  /** One for each login, with a password that is new at each start. */
  urls: Record<keyof RolePasswords, string>;
}

/** Starts the embedded PostgreSQL with the roles and the database of Toolbox in it, not yet migrated. */
export async function openEmbeddedDatabase(config: Config, log: Logger): Promise<EmbeddedDatabase> {
  const server = await startEmbeddedPostgres({ stateDirectory: config.core.stateDirectory, log });
  try {
    const password = () => randomBytes(24).toString('base64url');
    const passwords: RolePasswords = {
      owner: password(),
      app: password(),
      relay: password(),
      admin: password(),
    };
    await ensureDatabase(server.superuserUrl, databaseName);
    await bootstrapRoles(new URL(`/${databaseName}`, server.superuserUrl).href, databaseName, passwords);
    const url = (role: keyof RolePasswords) =>
      `postgres://toolbox_${role}:${passwords[role]}@${server.host}:${server.port}/${databaseName}`;
    return {
      server,
      urls: { owner: url('owner'), app: url('app'), relay: url('relay'), admin: url('admin') },
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}
