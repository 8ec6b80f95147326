import 'reflect-metadata';
import { createLogger } from './kernel/logger.js';
import { ExitCode, print, UsageError } from './app/commands/command.js';
import { ConfigError } from './app/config.js';
import { endProcess } from './app/shutdown.js';
import { StartError } from './kernel/start-error.js';

const usage = `Toolbox, the backend of learning environments.

Usage: npm start [-- COMMAND]   or   node dist/src/main.js [COMMAND]

  all        API and worker in one process (the default)
  api        GraphQL, sockets and REST
  worker     events, queues and mail
  migrate    up | down [TO] | status | history | check | create [NAME] | roles
  schema     writes schema.graphql; with --check says whether it is up to date
  keys       generate | list

Exit codes: 0 done, 1 failed, 2 wrong arguments, 78 wrong configuration.
Variables: .env.example`;

/** Commands are imported when they are called: each needs its own part of the program only. */
async function run([command = 'all', ...args]: string[]): Promise<number> {
  switch (command) {
    case '--help':
    case '-h':
    case 'help':
      print(usage);
      return ExitCode.ok;
    case 'all':
    case 'api':
    case 'worker': {
      if (args.length > 0)
        throw new UsageError(`${command} takes no arguments; it is configured by variables.`);
      const { serveCommand } = await import('./app/commands/serve.command.js');
      return serveCommand(command);
    }
    case 'migrate': {
      const { migrateCommand } = await import('./app/commands/migrate.command.js');
      return migrateCommand(args, createLogger({ level: 'warn', pretty: true }));
    }
    case 'schema': {
      const { schemaCommand } = await import('./app/commands/schema.command.js');
      return schemaCommand(args);
    }
    case 'keys': {
      const { keysCommand } = await import('./app/commands/keys.command.js');
      return keysCommand(args);
    }
    default:
      throw new UsageError(`There is no command ${command}.`);
  }
}

function exitCodeOf(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    return ExitCode.usage;
  }
  if (error instanceof ConfigError) {
    process.stderr.write(`${error.message}\n`);
    return ExitCode.config;
  }
  if (error instanceof StartError) {
    process.stderr.write(`${error.message}\n`);
    return ExitCode.failed;
  }
  createLogger({ level: 'error', pretty: true }).error({ err: error }, 'Toolbox could not do that');
  return ExitCode.failed;
}

endProcess(await run(process.argv.slice(2)).catch(exitCodeOf));
