import type { EmbeddedPostgres } from '../embedded/postgres/embedded-postgres.js';
import type { MailCatcher } from '../embedded/mail/mail-catcher.js';
import { loadOrCreateSecrets } from '../embedded/secrets.js';
import type { Logger } from '../kernel/logger.js';
import type { Secrets } from './compose.js';
import { ConfigError, type Config } from './config.js';
import { cleanUp, stopAll, type Stop } from './stop-all.js';

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
  const [{ openEmbeddedDatabase }, { createMigrations }, { entities }] = await Promise.all([
    import('./embedded-database.js'),
    import('../kernel/database/migrations.js'),
    import('./entities.js'),
  ]);
  const { server, urls } = await openEmbeddedDatabase(config, log);
  try {
    const migrations = await createMigrations(urls.owner, entities);
    const applied = await migrations.up();
    await migrations.close();
    if (applied.length > 0) log.info({ applied }, 'database migrated');
    return { server, urls };
  } catch (error) {
    await cleanUp(() => server.stop(), log);
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

/** The embedded database belongs to one process: alone, an API would never publish, a worker never be asked. */
function needsSharedDatabase(mode: 'api' | 'worker') {
  return {
    variable: 'DATABASE_URL',
    problem: `is missing. \`${mode}\` shares its database with other processes; \`all\` brings its own`,
  };
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
  const stops: Stop[] = [];
  const stop = () => {
    const parts = stops.splice(0).reverse();
    return stopAll(
      parts.map((each) => [each]),
      log,
    );
  };
  try {
    let database = configuredDatabase(config, mode !== 'api');
    if (!database && mode !== 'all') throw new ConfigError([needsSharedDatabase(mode)]);
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
    await cleanUp(stop, log);
    throw error;
  }
}
