import type { EmbeddedPostgres } from '../embedded/postgres/embedded-postgres.js';
import type { MailCatcher } from '../embedded/mail/mail-catcher.js';
import { loadOrCreateSecrets } from '../embedded/secrets.js';
import { createMigrations } from '../kernel/database/migrations.js';
import type { Logger } from '../kernel/logger.js';
import type { Secrets } from './compose.js';
import { ConfigError, type Config } from './config.js';
import { openEmbeddedDatabase } from './embedded-database.js';
import { entities } from './entities.js';

export const mailCatcherPrefix = '/dev/mail';

export interface DatabaseUrls {
  app: string;
  /** Null where no worker runs. */
  relay: string | null;
}

/** What the environment gives, or what stands in for it outside production. */
export interface Surroundings {
  database: DatabaseUrls;
  embeddedPostgres: EmbeddedPostgres | null;
  smtp: NonNullable<Config['mail']['smtp']>;
  mailCatcher: MailCatcher | null;
  secrets: Secrets;
  /** Stops the stand-ins, the database last. */
  stop(): Promise<void>;
}

async function startDatabase(
  config: Config,
  log: Logger,
): Promise<{ server: EmbeddedPostgres; urls: DatabaseUrls }> {
  const { server, urls } = await openEmbeddedDatabase(config, log);
  try {
    const migrations = await createMigrations(urls.owner, entities);
    const applied = await migrations.up();
    await migrations.close();
    if (applied.length > 0) log.info({ applied }, 'database migrated');
    return { server, urls };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

function configuredDatabase({ database }: Config, needsRelay: boolean): DatabaseUrls | null {
  if (!database.url) return null;
  if (needsRelay && !database.relayUrl) {
    throw new ConfigError([
      {
        variable: 'DATABASE_RELAY_URL',
        problem: 'is missing. Workers publish events as toolbox_relay; give its URL',
      },
    ]);
  }
  return { app: database.url, relay: database.relayUrl ?? null };
}

async function secretsOf(config: Config): Promise<Secrets> {
  const { secretKey } = config.core;
  const { jwtSecret } = config.accounts;
  if (secretKey && jwtSecret) return { secretKey, jwtSecret };
  const generated = await loadOrCreateSecrets(config.core.stateDirectory);
  return { secretKey: secretKey ?? generated.secretKey, jwtSecret: jwtSecret ?? generated.jwtSecretKey };
}

/**
 * Starts what the configuration leaves open: an embedded PostgreSQL, a mail catcher, generated secrets. In
 * production the configuration leaves nothing open.
 */
export async function prepareSurroundings(
  config: Config,
  mode: 'all' | 'api' | 'worker',
  log: Logger,
): Promise<Surroundings> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    let database = configuredDatabase(config, mode !== 'api');
    let embeddedPostgres: EmbeddedPostgres | null = null;
    if (!database) {
      const { server, urls } = await startDatabase(config, log);
      stops.push(() => server.stop());
      embeddedPostgres = server;
      database = urls;
    }
    const secrets = await secretsOf(config);
    let { smtp } = config.mail;
    let mailCatcher: MailCatcher | null = null;
    if (!smtp) {
      const { startMailCatcher } = await import('../embedded/mail/mail-catcher.js');
      const catcher = await startMailCatcher({ host: '127.0.0.1', port: 0, pathPrefix: mailCatcherPrefix });
      stops.push(() => catcher.stop());
      mailCatcher = catcher;
      smtp = {
        host: catcher.host,
        port: catcher.smtpPort,
        user: undefined,
        password: undefined,
        tls: 'none',
      };
    }
    return { database, embeddedPostgres, smtp, mailCatcher, secrets, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
