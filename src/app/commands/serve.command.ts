import { loadConfig, type Config } from '../config.js';
import { createLogger, type Logger } from '../../kernel/logger.js';
import { serve, type RunningToolbox, type ServeMode } from '../serve.js';
import { mailCatcherPrefix } from '../stand-ins.js';
import { runUntilStopped } from '../shutdown.js';
import { print } from './command.js';

/** Says what runs where, and what to try first. */
function announce(config: Config, { url, healthUrl, surroundings }: RunningToolbox, mode: ServeMode): void {
  if (!url) {
    print(`Toolbox worker is running.${healthUrl ? ` Its health: ${healthUrl}/health` : ''}`);
    return;
  }
  const { embeddedPostgres, mailCatcher, smtp } = surroundings;
  const lines = [
    '',
    `  Toolbox is running${mode === 'api' ? ' (API only)' : ''}`,
    '',
    `  GraphQL     ${url}/graphql        (in a browser: the explorer; the same address for graphql-ws)`,
    `  Health      ${url}/health`,
    `  Database    ${embeddedPostgres ? `embedded PostgreSQL, data in ${embeddedPostgres.dataDirectory}` : 'PostgreSQL at DATABASE_URL'}`,
    `  Mail        ${mailCatcher ? `caught at ${url}${mailCatcherPrefix}/` : `SMTP at ${smtp.host}:${smtp.port}`}`,
    '',
    '  A first query:',
    `    curl ${url}/graphql -H 'content-type: application/json' -d '{"query":"{ errorCodes { code description } }"}'`,
    ...(mailCatcher ? ['  The whole story, in another terminal:', '    npm run demo'] : []),
    '',
  ];
  if (config.core.env !== 'production') print(lines.join('\n'));
}

export function createServerLogger(config: Config, mode: ServeMode): Logger {
  const { env, logLevel } = config.core;
  return createLogger({ level: logLevel, name: mode, pretty: env === 'development' });
}

/** `all`, `api` or `worker`: runs until it is told to stop. */
export async function serveCommand(mode: ServeMode): Promise<number> {
  const config = loadConfig({ for: 'serve' });
  const log = createServerLogger(config, mode);
  return runUntilStopped({
    forceMs: config.core.shutdown.forceMs,
    log,
    start: async (signal) => {
      const running = await serve(mode, config, log, {}, signal);
      announce(config, running, mode);
      log.info({ mode, url: running.url ?? running.healthUrl }, 'started');
      return { stop: () => running.stop(), failed: databaseLost(running) };
    },
  });
}

/** Resolves when the embedded database ends although nobody stopped it. */
async function databaseLost({ surroundings: { embeddedPostgres } }: RunningToolbox): Promise<string> {
  if (!embeddedPostgres) return new Promise(() => undefined);
  await embeddedPostgres.exited;
  return 'The embedded PostgreSQL has ended. Start Toolbox again: it recovers what was committed.';
}
