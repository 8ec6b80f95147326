import pg from 'pg';
import { StartError } from '../start-error.js';

const connectTimeoutMs = 10_000;

/**
 * One connection for the checks at the start.
 * @throws StartError that names server, login and the variable to correct, never the password
 */
export async function connectForChecks(url: string, variable = 'DATABASE_URL'): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'toolbox-start',
    connectionTimeoutMillis: connectTimeoutMs,
  });
  // A connection that breaks between two statements fails the next one; without this it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { hostname, port, pathname, username } = new URL(url);
    const reason =
      error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error);
    throw new StartError(
      `PostgreSQL at ${hostname}:${port || '5432'} does not let ${decodeURIComponent(username)} into the database ` +
        `${decodeURIComponent(pathname.slice(1))}: ${reason}. Start that server, or correct ${variable}.`,
      { cause: error },
    );
  }
}
