import { resolve } from 'node:path';
import { algorithmOfSecret } from '../kernel/crypto/signing-keys.js';
import { ConfigError, type ConfigProblem } from './config/config-error.js';
import { resolveDatabaseUrl, resolveRedisUrl, resolveDkim, resolveSmtp } from './config/connections.js';
import { type Environment, gatherValues } from './config/sources.js';
import { infoOf, type VariableName, variableNames, variables, type Values } from './config/variables.js';

export { ConfigError } from './config/config-error.js';
export { renderEnvExample } from './config/env-example.js';

/** What the process does: 'serve' (all, api, worker), 'migrate', or 'tool' (schema, keys), which needs nothing. */
export type ConfigPurpose = 'serve' | 'migrate' | 'tool';

export interface LoadConfigOptions {
  for: ConfigPurpose;
  env?: Environment;
  /** Where `.env` is read and relative paths begin; the working directory by default. */
  cwd?: string;
}

/** The whole configuration, typed, validated and frozen. */
export type Config = DeepReadonly<ReturnType<typeof assemble>>;

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

const WEAK_SECRET = 'is too weak: use at least 32 random bytes, such as `npm run keys -- generate` makes';

/**
 * Reads the configuration from the environment and `.env` (the environment wins).
 * Throws ConfigError with every problem at once, and never with the value of a secret.
 */
export function loadConfig({
  for: purpose,
  env = process.env,
  cwd = process.cwd(),
}: LoadConfigOptions): Config {
  const { values: texts, setAs, problems } = gatherValues(env, cwd);
  const { values, wrong } = parseValues(texts);
  const further: ConfigProblem[] = [];
  const config = assemble(values, cwd, further);
  further.push(...findContradictions(values));
  if (purpose === 'serve') further.push(...findUnfitToServe(values));
  if (values.NODE_ENV === 'production') {
    further.push(...findMissing(values, config, purpose));
    if (purpose === 'serve') further.push(...findWeakSecrets(values));
  }
  problems.push(
    ...wrong.map(({ variable, problem }) => ({ variable: setAs[variable] ?? variable, problem })),
    // A malformed variable was left out above: that it is missing would be said on top.
    ...further.filter((each) => !wrong.some(({ variable }) => each.variable.split(', ').includes(variable))),
  );
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(config);
}

/** Leaves malformed variables out of the values, so that one error can tell of them and of everything else. */
function parseValues(texts: Partial<Record<VariableName, string>>) {
  const parsed = variables.safeParse(texts);
  if (parsed.success) return { values: parsed.data, wrong: [] };
  const wrong = parsed.error.issues.map(({ path: [name], message }) => ({
    variable: name as VariableName,
    problem: message,
  }));
  const sound = Object.entries(texts).filter(([name]) => !wrong.some(({ variable }) => variable === name));
  return { values: variables.parse(Object.fromEntries(sound)), wrong };
}

function assemble(values: Values, cwd: string, problems: ConfigProblem[]) {
  return {
    core: coreOf(values, cwd),
    database: {
      url: resolveDatabaseUrl(values, problems),
      ownerUrl: values.DATABASE_OWNER_URL,
      relayUrl: values.DATABASE_RELAY_URL,
      adminUrl: values.DATABASE_ADMIN_URL,
      superuserUrl: values.DATABASE_SUPERUSER_URL,
      poolSize: values.DATABASE_POOL_SIZE,
      readPoolSize: values.DATABASE_READ_POOL_SIZE,
      eventRetentionDays: values.EVENT_RETENTION_DAYS,
    },
    redis: { url: resolveRedisUrl(values, problems) },
    accounts: accountsOf(values),
    mail: {
      provider: values.EMAIL_PROVIDER,
      smtp: resolveSmtp(values, problems),
      dkim: resolveDkim(values, problems),
      from: { email: values.FROM_EMAIL ?? 'no-reply@toolbox.localhost', name: values.FROM_NAME },
      batchSize: values.EMAIL_BATCH_SIZE,
      maxAttempts: values.EMAIL_MAX_ATTEMPTS,
      errorNotificationEmail: values.ERROR_NOTIFICATION_EMAIL,
    },
    keys: {
      dataEncryptionKey: values.DATA_ENCRYPTION_KEY,
      old: present(values.DATA_ENCRYPTION_KEY_OLD_1, values.DATA_ENCRYPTION_KEY_OLD_2),
      /** ISO 8601, UTC. */
      lastRotation: values.LAST_KEY_ROTATION,
    },
  };
}

function coreOf(values: Values, cwd: string) {
  const isProduction = values.NODE_ENV === 'production';
  return {
    env: values.NODE_ENV,
    port: values.PORT,
    workerHealthPort: values.WORKER_HEALTH_PORT,
    host: values.BIND_ADDRESS ?? (isProduction ? '0.0.0.0' : '127.0.0.1'),
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    logLevel: values.LOG_LEVEL ?? (values.DEBUG ? 'debug' : 'info'),
    debug: values.DEBUG,
    secretKey: values.SECRET_KEY,
    oldSecretKeys: present(values.SECRET_KEY_OLD_1),
    /** Absolute. */
    stateDirectory: resolve(cwd, values.TOOLBOX_STATE_DIR),
    shutdown: {
      announceMs: announceSeconds(values) * 1000,
      drainMs: values.SHUTDOWN_DRAIN_SECONDS * 1000,
      forceMs: values.SHUTDOWN_FORCE_SECONDS * 1000,
    },
  };
}

/** Nobody waits for a load balancer where there is none. */
function announceSeconds(values: Values): number {
  return values.SHUTDOWN_ANNOUNCE_SECONDS ?? (values.NODE_ENV === 'production' ? 5 : 0);
}

function accountsOf(values: Values) {
  return {
    jwtSecret: values.JWT_SECRET_KEY,
    oldJwtSecrets: present(values.JWT_SECRET_KEY_OLD_1),
    jwtAlgorithm: values.JWT_ALGORITHM,
    accessTokenMinutes: values.JWT_ACCESS_TOKEN_EXPIRE_MINUTES,
    refreshTokenDays: values.JWT_REFRESH_TOKEN_EXPIRE_DAYS,
    refreshGraceSeconds: values.JWT_REFRESH_TOKEN_GRACE_SECONDS,
    verificationTokenHours: values.EMAIL_VERIFICATION_EXPIRE_HOURS,
    verificationResendCooldownSeconds: values.EMAIL_VERIFICATION_COOLDOWN_SECONDS,
    invitationDays: values.INVITATION_EXPIRE_DAYS,
    adminUsername: values.ADMIN_USERNAME,
    adminPassword: values.ADMIN_PASSWORD,
    adminEmail: values.ADMIN_EMAIL,
  };
}

function findContradictions(values: Values): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if ((values.ADMIN_USERNAME === undefined) !== (values.ADMIN_PASSWORD === undefined)) {
    problems.push({ variable: 'ADMIN_USERNAME, ADMIN_PASSWORD', problem: 'must be set together' });
  }
  if (values.SHUTDOWN_FORCE_SECONDS <= announceSeconds(values) + values.SHUTDOWN_DRAIN_SECONDS) {
    problems.push({
      variable: 'SHUTDOWN_FORCE_SECONDS',
      problem: 'must be more than SHUTDOWN_ANNOUNCE_SECONDS and SHUTDOWN_DRAIN_SECONDS together',
    });
  }
  const dataKeys = present(
    values.DATA_ENCRYPTION_KEY,
    values.DATA_ENCRYPTION_KEY_OLD_1,
    values.DATA_ENCRYPTION_KEY_OLD_2,
  );
  if (new Set(dataKeys.map((key) => key.replace('=', ''))).size < dataKeys.length) {
    problems.push({
      variable: 'DATA_ENCRYPTION_KEY',
      problem: 'stands among the old keys too. Name each key once',
    });
  }
  return problems;
}

function findUnfitToServe(values: Values): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (values.EMAIL_PROVIDER !== 'smtp') {
    problems.push({
      variable: 'EMAIL_PROVIDER',
      problem: `${values.EMAIL_PROVIDER} is not available in this release. Set smtp and use the provider's SMTP server`,
    });
  }
  const algorithm = values.JWT_SECRET_KEY && algorithmOfSecret(values.JWT_SECRET_KEY);
  if (algorithm && algorithm !== values.JWT_ALGORITHM) {
    const needed = algorithm === 'HS256' ? 'an Ed25519 private key in PEM' : 'a secret, not a PEM key';
    problems.push({
      variable: 'JWT_SECRET_KEY',
      problem: `JWT_ALGORITHM=${values.JWT_ALGORITHM} needs ${needed}`,
    });
  }
  return problems;
}

function findMissing(values: Values, config: ReturnType<typeof assemble>, purpose: ConfigPurpose) {
  const given: Partial<Record<VariableName, unknown>> = {
    ...values,
    DATABASE_URL: config.database.url ?? values.POSTGRES_SERVER,
    SMTP_HOST: config.mail.smtp,
  };
  return variableNames
    .map((variable) => ({ variable, ...infoOf(variable) }))
    .filter(({ variable, required }) => required === purpose && given[variable] === undefined)
    .map(({ variable, about, orSet }) => {
      const instead = orSet === undefined ? '' : ` (or ${orSet})`;
      return { variable, problem: `is missing. Production needs it${instead}: ${about}` };
    });
}

function findWeakSecrets(values: Values): ConfigProblem[] {
  return (['SECRET_KEY', 'SECRET_KEY_OLD_1', 'JWT_SECRET_KEY', 'JWT_SECRET_KEY_OLD_1'] as const)
    .filter((name) => values[name] !== undefined && isWeak(values[name]))
    .map((variable) => ({ variable, problem: WEAK_SECRET }));
}

/** Few different characters betray `aaaa…` and `changemechangeme…`, which are long and no secret. */
function isWeak(secret: string): boolean {
  return Buffer.byteLength(secret) < 32 || new Set(secret).size < 10;
}

function present<T>(...values: (T | undefined)[]): T[] {
  return values.filter((value) => value !== undefined);
}

function deepFreeze<T extends object>(value: T): DeepReadonly<T> {
  for (const inner of Object.values(value))
    if (typeof inner === 'object' && inner !== null) deepFreeze(inner as object);
  return Object.freeze(value) as DeepReadonly<T>;
}
