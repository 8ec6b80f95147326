import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError, type ConfigPurpose, loadConfig } from '../../src/app/config.js';
import { generateKey } from '../../src/kernel/crypto/fernet.js';

type Env = Record<string, string>;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'toolbox config '));
});
afterEach(() => {
  rmSync(cwd, { recursive: true });
});

function load(env: Env = {}, purpose: ConfigPurpose = 'serve') {
  return loadConfig({ for: purpose, env, cwd });
}

function refusal(env: Env, purpose: ConfigPurpose = 'serve'): ConfigError {
  try {
    load(env, purpose);
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('The configuration was accepted.');
}

function problemsOf(env: Env, purpose?: ConfigPurpose): string[] {
  return refusal(env, purpose).problems.map(({ variable }) => variable);
}

const production: Env = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://toolbox_app:x@db/toolbox',
  SMTP_HOST: 'smtp.example.com',
  SECRET_KEY: 'Zp4rT7wQ1xY9uB3nM6kL8jH5gF2dS0aE',
  JWT_SECRET_KEY: 'qW8eR4tY6uI2oP0aS9dF7gH5jK3lZ1xC',
  DATA_ENCRYPTION_KEY: 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=',
  FROM_EMAIL: 'hello@example.com',
  PUBLIC_URL: 'https://api.example.com',
};

describe('the configuration of a development machine', () => {
  it('needs no variable at all', () => {
    const config = load();
    expect(config.core).toMatchObject({
      env: 'development',
      port: 4000,
      host: '127.0.0.1',
      publicUrl: 'http://localhost:4000',
    });
    expect(config.core.stateDirectory).toBe(join(cwd, '.toolbox'));
    expect(config.accounts).toMatchObject({
      accessTokenMinutes: 30,
      refreshTokenDays: 7,
      refreshGraceSeconds: 10,
    });
    expect(config.accounts).toMatchObject({
      verificationTokenHours: 24,
      verificationResendCooldownSeconds: 60,
    });
    expect(config.mail).toMatchObject({
      provider: 'smtp',
      smtp: undefined,
      batchSize: 50,
      from: { name: 'Toolbox' },
    });
    expect([config.database.url, config.redis.url, config.keys.dataEncryptionKey]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is frozen to its leaves', () => {
    const config = load();
    expect(() => Object.assign(config.core.shutdown, { drainMs: 1 })).toThrow(TypeError);
    expect(() => (config.keys.old as string[]).push('x')).toThrow(TypeError);
  });

  it('takes blank values as not set', () => {
    expect(load({ PORT: '', DATABASE_URL: ' ' }).core.port).toBe(4000);
  });

  it('links to the port that was chosen', () => {
    expect(load({ PORT: '8080' }).core.publicUrl).toBe('http://localhost:8080');
    expect(load({ PORT: '8080', PUBLIC_URL: 'https://x.example/base/' }).core.publicUrl).toBe(
      'https://x.example/base',
    );
  });
});

describe('each variable', () => {
  it.each<[Env, (config: ReturnType<typeof load>) => unknown, unknown]>([
    [{ LOG_LEVEL: 'WARNING' }, (config) => config.core.logLevel, 'warn'],
    [{ DEBUG: 'yes' }, (config) => config.core.logLevel, 'debug'],
    [{ DEBUG: 'true', LOG_LEVEL: 'error' }, (config) => config.core.logLevel, 'error'],
    [{ APP_ENV: 'test' }, (config) => config.core.env, 'test'],
    [{ BIND_ADDRESS: '::1' }, (config) => config.core.host, '::1'],
    [
      { SHUTDOWN_DRAIN_SECONDS: '3' },
      (config) => config.core.shutdown,
      { announceMs: 0, drainMs: 3000, forceMs: 25_000 },
    ],
    [{ SHUTDOWN_ANNOUNCE_SECONDS: '2' }, (config) => config.core.shutdown.announceMs, 2000],
    [{ JWT_ACCESS_TOKEN_EXPIRE_MINUTES: '5' }, (config) => config.accounts.accessTokenMinutes, 5],
    [{ JWT_REFRESH_TOKEN_EXPIRE_DAYS: '14' }, (config) => config.accounts.refreshTokenDays, 14],
    [{ JWT_ALGORITHM: 'eddsa' }, (config) => config.accounts.jwtAlgorithm, 'EdDSA'],
    [
      { ADMIN_USERNAME: 'root', ADMIN_PASSWORD: 'twelve chars' },
      (config) => config.accounts.adminUsername,
      'root',
    ],
    [{ JWT_SECRET_KEY_OLD_1: 'o' }, (config) => config.accounts.oldJwtSecrets, ['o']],
    [{ SECRET_KEY_OLD_1: 'o' }, (config) => config.core.oldSecretKeys, ['o']],
    [{ EMAIL_FROM: 'a@b.example' }, (config) => config.mail.from.email, 'a@b.example'],
    [{ DEFAULT_FROM_EMAIL: 'a@b.example' }, (config) => config.mail.from.email, 'a@b.example'],
    [{ DEFAULT_FROM_NAME: 'Us' }, (config) => config.mail.from.name, 'Us'],
    [
      { ERROR_NOTIFICATION_EMAIL: 'a@b.example' },
      (config) => config.mail.errorNotificationEmail,
      'a@b.example',
    ],
    [{ LAST_KEY_ROTATION: '2026-01-31' }, (config) => config.keys.lastRotation, '2026-01-31T00:00:00.000Z'],
    [{ REDIS_URL: 'rediss://cache' }, (config) => config.redis.url, 'rediss://cache'],
    [
      { REDIS_HOST: 'cache', REDIS_PASSWORD: 'a@b' },
      (config) => config.redis.url,
      'redis://:a%40b@cache:6379',
    ],
    [{ REDIS_HOST: '::1', REDIS_PORT: '7000' }, (config) => config.redis.url, 'redis://[::1]:7000'],
    [{ SMTP_HOST: 'm' }, (config) => config.mail.smtp, { host: 'm', port: 587, tls: 'starttls' }],
    [{ SMTP_HOST: 'm', SMTP_PORT: '465' }, (config) => config.mail.smtp?.tls, 'tls'],
    [{ SMTP_HOST: 'm', SMTP_USE_TLS: 'false', SMTP_PORT: '25' }, (config) => config.mail.smtp?.tls, 'none'],
    [
      { SMTP_URL: 'smtps://me:p%40ss@m.example' },
      (config) => config.mail.smtp,
      { host: 'm.example', port: 465, tls: 'tls', user: 'me', password: 'p@ss' },
    ],
    [{ SMTP_URL: 'smtp://m:2525' }, (config) => config.mail.smtp, { host: 'm', port: 2525, tls: 'starttls' }],
  ])('%j', (env, read, expected) => {
    expect(read(load(env))).toEqual(expected);
  });

  it('composes the database URL from POSTGRES_*, special characters and all', () => {
    const { url } = load({
      POSTGRES_SERVER: 'db.example:6543',
      POSTGRES_USER: 'us:er',
      POSTGRES_PASSWORD: 'p@ss/w#rd? %',
      POSTGRES_DB: 'tool box',
    }).database;
    const parsed = new URL(url ?? '');
    expect([parsed.host, decodeURIComponent(parsed.pathname)]).toEqual(['db.example:6543', '/tool box']);
    expect([parsed.username, parsed.password].map(decodeURIComponent)).toEqual(['us:er', 'p@ss/w#rd? %']);
  });

  it('takes old data keys in their order', () => {
    const [old1, old2] = [generateKey(), generateKey()];
    const { keys } = load({ DATA_ENCRYPTION_KEY_OLD_2: old2, DATA_ENCRYPTION_KEY_OLD_1: old1 });
    expect(keys.old).toEqual([old1, old2]);
  });
});

describe('a wrong configuration', () => {
  it('is told in one error, with every variable and what to set', () => {
    const error = refusal({
      PORT: '70000',
      DEBUG: 'perhaps',
      LAST_KEY_ROTATION: 'soon',
      NODE_ENV: 'production',
    });
    expect(error.problems.map(({ variable }) => variable)).toEqual(
      expect.arrayContaining(['PORT', 'DEBUG', 'LAST_KEY_ROTATION', 'DATABASE_URL', 'SECRET_KEY']),
    );
    expect(error.message).toContain('PORT: must be a whole number from 0 to 65535');
    expect(error.message).toContain('DEBUG: must be true or false');
  });

  it('is told under the name that was used', () => {
    expect(problemsOf({ EMAIL_FROM: 'nobody' })).toEqual(['EMAIL_FROM']);
  });

  it('never shows a secret', () => {
    const hunter = 'hunter2-hunter2';
    const error = refusal({
      NODE_ENV: 'production',
      DATABASE_URL: `mysql://u:${hunter}@db/x`,
      REDIS_URL: `http://:${hunter}@x`,
      SMTP_URL: `smtp//${hunter}`,
      SECRET_KEY: hunter,
      JWT_SECRET_KEY: `${hunter}2`,
      DATA_ENCRYPTION_KEY: hunter,
      DATA_ENCRYPTION_KEY_OLD_1: hunter,
      ADMIN_PASSWORD: hunter,
    });
    expect(error.problems.length).toBeGreaterThanOrEqual(8);
    expect(JSON.stringify([error.message, error.problems])).not.toContain('hunter2');
  });

  it.each<[string, Env, string[]]>([
    ['FROM_EMAIL', { FROM_EMAIL: 'a@b.example', EMAIL_FROM: 'c@d.example' }, ['FROM_EMAIL']],
    ['NODE_ENV', { NODE_ENV: 'test', APP_ENV: 'development' }, ['NODE_ENV']],
  ])('names both aliases of %s that differ', (_, env, variables) => {
    expect(problemsOf(env)).toEqual(variables);
    for (const name of Object.keys(env)) expect(refusal(env).message).toContain(name);
  });

  it('takes two aliases that agree', () => {
    expect(load({ FROM_EMAIL: 'a@b.example', EMAIL_FROM: 'a@b.example' }).mail.from.email).toBe(
      'a@b.example',
    );
  });

  const pieces = { POSTGRES_SERVER: 'db', POSTGRES_USER: 'u', POSTGRES_PASSWORD: 'p', POSTGRES_DB: 'd' };
  it.each<[string, Env, string[]]>([
    ['half a POSTGRES_*', { POSTGRES_SERVER: 'db', POSTGRES_USER: 'u' }, ['POSTGRES_PASSWORD, POSTGRES_DB']],
    ['POSTGRES_* without a server', { POSTGRES_USER: 'u' }, ['POSTGRES_SERVER']],
    ['a server that is a path', { ...pieces, POSTGRES_SERVER: 'db/x' }, ['POSTGRES_SERVER']],
    ['two databases', { ...pieces, DATABASE_URL: 'postgres://u:p@other/d' }, ['DATABASE_URL']],
    ['two Redis', { REDIS_URL: 'redis://a', REDIS_HOST: 'b' }, ['REDIS_URL']],
    ['a server with an impossible port', { ...pieces, POSTGRES_SERVER: 'db:99999' }, ['POSTGRES_SERVER']],
    ['a Redis host with its port', { REDIS_HOST: 'cache:6379' }, ['REDIS_HOST']],
    ['a mail host that is a URL', { SMTP_HOST: 'smtp://m' }, ['SMTP_HOST']],
    ['two mail servers', { SMTP_URL: 'smtp://a', SMTP_HOST: 'b' }, ['SMTP_URL']],
    ['a mail user without password', { SMTP_HOST: 'a', SMTP_USER: 'u' }, ['SMTP_USER, SMTP_PASSWORD']],
    ['an admin without password', { ADMIN_USERNAME: 'root' }, ['ADMIN_USERNAME, ADMIN_PASSWORD']],
    [
      'an admin whose name is an address',
      { ADMIN_USERNAME: 'root@example.com', ADMIN_PASSWORD: 'twelve chars' },
      ['ADMIN_USERNAME'],
    ],
    [
      'an admin with a short password',
      { ADMIN_USERNAME: 'root', ADMIN_PASSWORD: 'eleven char' },
      ['ADMIN_PASSWORD'],
    ],
    ['a force before the drain', { SHUTDOWN_FORCE_SECONDS: '5' }, ['SHUTDOWN_FORCE_SECONDS']],
    ['a public URL with a password', { PUBLIC_URL: 'https://u:p@x' }, ['PUBLIC_URL']],
    ['a provider of a later release', { EMAIL_PROVIDER: 'sendgrid' }, ['EMAIL_PROVIDER']],
    [
      'an algorithm that the key is not for',
      { JWT_ALGORITHM: 'EdDSA', JWT_SECRET_KEY: 'abc' },
      ['JWT_SECRET_KEY'],
    ],
    ['an unknown log level', { LOG_LEVEL: 'loud' }, ['LOG_LEVEL']],
  ])('is refused: %s', (_, env, variables) => {
    expect(problemsOf(env)).toEqual(variables);
  });

  it('is refused when a data key is given twice', () => {
    const key = generateKey();
    expect(problemsOf({ DATA_ENCRYPTION_KEY: key, DATA_ENCRYPTION_KEY_OLD_1: key.replace('=', '') })).toEqual(
      ['DATA_ENCRYPTION_KEY'],
    );
  });

  it('takes one database that is said in both ways', () => {
    const url = 'postgres://u:p@db:5432/d';
    expect(load({ ...pieces, DATABASE_URL: url }).database.url).toBe(url);
  });
});

describe('production', () => {
  it('starts when everything is there', () => {
    expect(load(production).core).toMatchObject({ env: 'production', host: '0.0.0.0' });
  });

  it.each(Object.keys(production).filter((name) => name !== 'NODE_ENV'))(
    'does not serve without %s',
    (name) => {
      expect(problemsOf({ ...production, [name]: '' })).toEqual([name]);
    },
  );

  it('takes POSTGRES_* and SMTP_URL in the place of DATABASE_URL and SMTP_HOST', () => {
    const pieces = { POSTGRES_SERVER: 'db', POSTGRES_USER: 'u', POSTGRES_PASSWORD: 'p', POSTGRES_DB: 'd' };
    const env = { ...production, DATABASE_URL: '', SMTP_HOST: '', ...pieces, SMTP_URL: 'smtp://m' };
    expect(load(env).mail.smtp?.host).toBe('m');
  });

  it.each(['SECRET_KEY', 'JWT_SECRET_KEY', 'SECRET_KEY_OLD_1', 'JWT_SECRET_KEY_OLD_1'])(
    'refuses a weak %s',
    (name) => {
      expect(problemsOf({ ...production, [name]: 'Zp4rT7wQ1xY9uB3nM6kL8jH5gF2dS0a' })).toEqual([name]);
      expect(problemsOf({ ...production, [name]: 'changeme'.repeat(8) })).toEqual([name]);
      expect(load({ [name]: 'weak' }).core.env).toBe('development');
    },
  );

  it('migrates with the owner URL alone', () => {
    expect(problemsOf({ NODE_ENV: 'production' }, 'migrate')).toEqual(['DATABASE_OWNER_URL']);
    const ownerUrl = 'postgres://toolbox_owner:x@db/toolbox';
    expect(load({ NODE_ENV: 'production', DATABASE_OWNER_URL: ownerUrl }, 'migrate').database.ownerUrl).toBe(
      ownerUrl,
    );
  });

  it('runs tools with nothing', () => {
    expect(load({ NODE_ENV: 'production' }, 'tool').core.env).toBe('production');
  });

  it('takes DKIM settings together or not at all', () => {
    expect(problemsOf({ DKIM_DOMAIN: 'toolbox.example' })).toEqual([
      'DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY',
    ]);
    const env = { DKIM_DOMAIN: 'toolbox.example', DKIM_SELECTOR: 's1', DKIM_PRIVATE_KEY: 'line\\nline' };
    expect(load(env).mail.dkim).toEqual({
      domainName: 'toolbox.example',
      keySelector: 's1',
      privateKey: 'line\nline',
    });
  });
});
