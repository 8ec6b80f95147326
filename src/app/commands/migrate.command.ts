import { bootstrapRoles, type RolePasswords } from '../../kernel/database/bootstrap-roles.js';
import { createMigrations, type Migrations } from '../../kernel/database/migrations.js';
import type { Logger } from '../../kernel/logger.js';
import { ConfigError, loadConfig, type Config } from '../config.js';
import { entities } from '../entities.js';
import { openEmbeddedDatabase } from '../embedded-database.js';
import { ExitCode, print, UsageError } from './command.js';

type Action = (migrations: Migrations, args: string[]) => Promise<number>;

const actions: Record<string, Action> = {
  async up(migrations) {
    const names = await migrations.up();
    print(names.length > 0 ? `Applied:\n${names.join('\n')}` : 'Nothing to apply.');
    return ExitCode.ok;
  },
  async down(migrations, [to]) {
    const names = await migrations.down(to);
    print(names.length > 0 ? `Reverted:\n${names.join('\n')}` : 'Nothing to revert.');
    return ExitCode.ok;
  },
  async status(migrations) {
    const { applied, pending } = await migrations.status();
    print(`${applied.length} applied, ${pending.length} pending`);
    for (const name of pending) print(`pending  ${name}`);
    return ExitCode.ok;
  },
  async history(migrations) {
    const { applied } = await migrations.status();
    for (const { name, appliedAt } of applied) print(`${appliedAt.toISOString()}  ${name}`);
    return ExitCode.ok;
  },
};

const offlineActions: Record<string, Action> = {
  async check(migrations) {
    if (!(await migrations.isOutOfStep())) return ExitCode.ok;
    print('The entities differ from the committed migrations. Run `npm run migrate create NAME`.');
    return ExitCode.failed;
  },
  async create(migrations, [name]) {
    const file = await migrations.create(name);
    print(file ? `Wrote migrations/${file}` : 'The entities match the committed migrations.');
    return ExitCode.ok;
  },
};

/** Runs with the owner's login: the configured one, or that of the embedded database. */
async function withOwner(
  config: Config,
  log: Logger,
  run: (ownerUrl: string) => Promise<number>,
): Promise<number> {
  const { ownerUrl, url } = config.database;
  if (ownerUrl) return run(ownerUrl);
  if (url) {
    throw new ConfigError([
      {
        variable: 'DATABASE_OWNER_URL',
        problem: 'is missing. Migrations run as toolbox_owner; give its URL',
      },
    ]);
  }
  const embedded = await openEmbeddedDatabase(config, log);
  try {
    return await run(embedded.urls.owner);
  } finally {
    await embedded.server.stop();
  }
}

function passwordOf(variable: string, url: string | undefined): string {
  const password = url && decodeURIComponent(new URL(url).password);
  if (!password)
    throw new ConfigError([{ variable, problem: 'is missing or has no password to give to its role' }]);
  return password;
}

/** Creates the logins with the passwords that the URLs carry. */
async function createRoles({ database }: Config): Promise<number> {
  if (!database.superuserUrl) {
    throw new ConfigError([
      { variable: 'DATABASE_SUPERUSER_URL', problem: 'is missing. Making roles needs it' },
    ]);
  }
  const passwords: RolePasswords = {
    owner: passwordOf('DATABASE_OWNER_URL', database.ownerUrl),
    app: passwordOf('DATABASE_URL', database.url),
    relay: passwordOf('DATABASE_RELAY_URL', database.relayUrl),
    admin: passwordOf('DATABASE_ADMIN_URL', database.adminUrl),
  };
  const name = new URL(database.superuserUrl).pathname.slice(1);
  await bootstrapRoles(database.superuserUrl, name, passwords);
  print(`The roles of Toolbox are ready in ${name}. Next: migrate up.`);
  return ExitCode.ok;
}

/** `migrate up|down [TO]|status|history|check|create [NAME]|roles` */
export async function migrateCommand([name = '', ...args]: string[], log: Logger): Promise<number> {
  const offline = offlineActions[name];
  if (offline) return runWith(null, (migrations) => offline(migrations, args));
  const config = loadConfig({ for: 'migrate' });
  if (name === 'roles') return createRoles(config);
  const action = actions[name];
  if (!action)
    throw new UsageError('migrate wants: up, down [TO], status, history, check, create [NAME] or roles.');
  return withOwner(config, log, (ownerUrl) => runWith(ownerUrl, (migrations) => action(migrations, args)));
}

async function runWith(
  url: string | null,
  run: (migrations: Migrations) => Promise<number>,
): Promise<number> {
  const migrations = await createMigrations(url, entities);
  try {
    return await run(migrations);
  } finally {
    await migrations.close();
  }
}
