import { loadConfig } from '../../src/app/config.js';
import { serve, type RunningToolbox, type ServeMode, type ServeOverrides } from '../../src/app/serve.js';
import { startMailCatcher, type MailCatcher } from '../../src/embedded/mail/mail-catcher.js';
import { createLogger, type Logger } from '../../src/kernel/logger.js';
import { createTestDatabase, type TestDatabase } from './database.js';

export interface TestApp {
  /** Of the API: `http://localhost:PORT`. */
  url: string;
  database: TestDatabase;
  mail: MailCatcher;
  running: RunningToolbox;
  stop(): Promise<void>;
}

export interface TestAppOptions extends ServeOverrides {
  mode?: ServeMode;
  /** An existing database: for a second node on the same one. */
  database?: TestDatabase;
  mail?: MailCatcher;
  env?: Record<string, string>;
  log?: Logger;
}

const secrets = {
  SECRET_KEY: 'test-secret-key-0123456789-abcdefghijklmn',
  JWT_SECRET_KEY: 'test-jwt-secret-0123456789-abcdefghijklmn',
};

/** Starts a whole Toolbox in this process, on a database of its own: real HTTP, sockets, PostgreSQL and SMTP. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const { mode = 'all', env = {}, log = createLogger({ level: 'error' }), ...overrides } = options;
  const database = options.database ?? (await createTestDatabase());
  const mail = options.mail ?? (await startMailCatcher({ pathPrefix: '/dev/mail' }));
  const config = loadConfig({
    for: 'serve',
    cwd: '/',
    env: {
      NODE_ENV: 'test',
      PORT: '0',
      PUBLIC_URL: 'http://toolbox.test',
      DATABASE_URL: database.url('app'),
      DATABASE_RELAY_URL: database.url('relay'),
      SMTP_HOST: mail.host,
      SMTP_PORT: String(mail.smtpPort),
      SMTP_USE_TLS: 'false',
      ...secrets,
      ...env,
    },
  });
  const running = await serve(mode, config, log, overrides);
  return {
    url: running.url ?? '',
    database,
    mail,
    running,
    async stop() {
      await running.stop();
      if (!options.mail) await mail.stop();
      if (!options.database) await database.drop();
    },
  };
}
