/** Every environment variable: its type, default, aliases and description. `.env.example` is written from here. */
import { z } from 'zod';
import {
  bool,
  email,
  fernetKey,
  host,
  isoTime,
  oneOf,
  password,
  publicUrl,
  server,
  text,
  url,
  username,
  whole,
} from './value-types.js';

export type VariableGroup = 'Core' | 'Database' | 'Accounts' | 'Mail' | 'Keys';

export interface VariableInfo {
  group: VariableGroup;
  about: string;
  aliases?: readonly string[];
  /** Its value is never shown. */
  secret?: boolean;
  /** When it has to be set in production. */
  required?: 'serve' | 'migrate';
  /** What may be set instead of a required variable. */
  orSet?: string;
  /** What holds when it is not set, where that is not a fixed value. */
  otherwise?: string;
}

export const variableInfo = z.registry<VariableInfo>();

const core = group('Core');
const database = group('Database');
const accounts = group('Accounts');
const mail = group('Mail');
const keys = group('Keys');

export const variables = z.object({
  NODE_ENV: core(oneOf(['development', 'test', 'production']).default('development'), {
    about: 'development, test or production. Production starts no stand-in and generates no secret',
    aliases: ['APP_ENV'],
  }),
  PORT: core(whole(0, 65_535).default(4000), { about: 'Port of the API; 0 takes any free one' }),
  WORKER_HEALTH_PORT: core(whole(0, 65_535).optional(), {
    about: 'Port on which a `worker` answers /health, /health/live and /health/ready; 0 takes any free one',
    otherwise: 'a worker listens on no port',
  }),
  BIND_ADDRESS: core(host.optional(), {
    about: 'Address to listen on',
    otherwise: '127.0.0.1, and 0.0.0.0 in production',
  }),
  PUBLIC_URL: core(publicUrl.optional(), {
    about: 'The address under which users reach this server; links in mails begin with it',
    required: 'serve',
    otherwise: 'http://localhost:PORT',
  }),
  LOG_LEVEL: core(oneOf(['debug', 'info', 'warn', 'error', 'silent'], { warning: 'warn' }).optional(), {
    about: 'debug, info, warn, error or silent',
    otherwise: 'info, and debug when DEBUG is true',
  }),
  DEBUG: core(bool.default(false), { about: 'Log more' }),
  SECRET_KEY: core(text.optional(), {
    about: 'Derives verification, invitation and refresh tokens; at least 32 random bytes',
    secret: true,
    required: 'serve',
    otherwise: 'generated once and kept in TOOLBOX_STATE_DIR',
  }),
  SECRET_KEY_OLD_1: core(text.optional(), {
    about:
      'The SECRET_KEY before the last change; keep it until its tokens have run out (JWT_REFRESH_TOKEN_EXPIRE_DAYS)',
    secret: true,
  }),
  TOOLBOX_STATE_DIR: core(text.default('.toolbox'), {
    about: 'Where development keeps its database, files and generated secrets',
  }),
  SHUTDOWN_ANNOUNCE_SECONDS: core(whole(0, 600).optional(), {
    about:
      'How long a process that is told to stop goes on taking requests while /health/ready says that it drains, so that load balancers notice',
    otherwise: '0, and 5 in production',
  }),
  SHUTDOWN_DRAIN_SECONDS: core(whole(0, 600).default(15), {
    about: 'How long running requests and jobs may take to finish once the process is told to stop',
  }),
  SHUTDOWN_FORCE_SECONDS: core(whole(1, 900).default(25), {
    about: 'When a process that still has not stopped ends itself',
  }),

  DATABASE_URL: database(postgresUrl(), {
    about: 'PostgreSQL as toolbox_app, the role of requests and jobs',
    secret: true,
    required: 'serve',
    orSet: 'POSTGRES_SERVER, POSTGRES_USER, POSTGRES_PASSWORD and POSTGRES_DB',
    otherwise: 'composed from POSTGRES_*, else an embedded PostgreSQL outside production',
  }),
  DATABASE_OWNER_URL: database(postgresUrl(), {
    about: 'PostgreSQL as toolbox_owner; only for `migrate`, keep it away from API and worker processes',
    secret: true,
    required: 'migrate',
  }),
  DATABASE_RELAY_URL: database(postgresUrl(), {
    about: 'PostgreSQL as toolbox_relay, which claims events',
    secret: true,
  }),
  DATABASE_ADMIN_URL: database(postgresUrl(), {
    about: 'PostgreSQL as toolbox_admin, for what platform admins read',
    secret: true,
  }),
  DATABASE_SUPERUSER_URL: database(postgresUrl(), {
    about: 'PostgreSQL as a superuser; only for the step of `migrate` that makes the roles',
    secret: true,
  }),
  POSTGRES_SERVER: database(server.optional(), {
    about: 'host or host:port, instead of DATABASE_URL and together with the three below',
  }),
  POSTGRES_USER: database(text.optional(), { about: 'User name, special characters as they are' }),
  POSTGRES_PASSWORD: database(text.optional(), {
    about: 'Password, special characters as they are',
    secret: true,
  }),
  POSTGRES_DB: database(text.optional(), { about: 'Database name' }),
  EVENT_RETENTION_DAYS: database(whole(1, 365).default(30), {
    about:
      'How long the event log is kept; a cursor that is older gets an explicit gap. Each day is a table: catching up and looking up locks and searches all of them',
  }),
  DATABASE_POOL_SIZE: database(whole(1, 500).default(10), {
    about: 'Connections of one process for requests and jobs',
  }),
  DATABASE_READ_POOL_SIZE: database(whole(1, 100).default(4), {
    about: 'Connections of one API process for lists and pages',
  }),
  REDIS_URL: database(url('redis', 'rediss').optional(), {
    about: 'Redis; in this release only `/health` asks for it',
    secret: true,
    otherwise: 'composed from REDIS_*, else no Redis is used',
  }),
  REDIS_HOST: database(host.optional(), { about: 'Instead of REDIS_URL' }),
  REDIS_PORT: database(whole(1, 65_535).optional(), { about: 'With REDIS_HOST', otherwise: '6379' }),
  REDIS_PASSWORD: database(text.optional(), { about: 'With REDIS_HOST', secret: true }),

  JWT_SECRET_KEY: accounts(text.optional(), {
    about:
      'Signs access tokens: at least 32 random bytes for HS256; for EdDSA an Ed25519 private key as PKCS#8 PEM',
    secret: true,
    required: 'serve',
    otherwise: 'generated once and kept in TOOLBOX_STATE_DIR',
  }),
  JWT_SECRET_KEY_OLD_1: accounts(text.optional(), {
    about: 'The JWT_SECRET_KEY before the last change; keep it for JWT_ACCESS_TOKEN_EXPIRE_MINUTES',
    secret: true,
  }),
  JWT_ALGORITHM: accounts(oneOf(['HS256', 'EdDSA']).default('HS256'), { about: 'HS256 or EdDSA' }),
  JWT_ACCESS_TOKEN_EXPIRE_MINUTES: accounts(whole(1, 1440).default(30), { about: 'Life of an access token' }),
  JWT_REFRESH_TOKEN_EXPIRE_DAYS: accounts(whole(1, 365).default(7), { about: 'Life of a refresh token' }),
  JWT_REFRESH_TOKEN_GRACE_SECONDS: accounts(whole(0, 300).default(10), {
    about: 'How long a spent refresh token still gives the same successor',
  }),
  EMAIL_VERIFICATION_EXPIRE_HOURS: accounts(whole(1, 720).default(24), {
    about: 'Life of a verification link',
  }),
  EMAIL_VERIFICATION_COOLDOWN_SECONDS: accounts(whole(0, 86_400).default(60), {
    about: 'Least time between two verification mails to one address',
  }),
  INVITATION_EXPIRE_DAYS: accounts(whole(1, 90).default(7), { about: 'Life of an invitation' }),
  ADMIN_USERNAME: accounts(username.optional(), {
    about:
      'The platform admin that the first start makes, as any username; together with ADMIN_PASSWORD. Nothing is made when an account has the name or the address',
  }),
  ADMIN_PASSWORD: accounts(password(12).optional(), { about: 'At least 12 characters', secret: true }),
  ADMIN_EMAIL: accounts(email.optional(), { about: 'Mail address of that admin' }),

  EMAIL_PROVIDER: mail(oneOf(['smtp', 'sendgrid', 'ses']).default('smtp'), {
    about: 'smtp; sendgrid and ses are not available in this release',
  }),
  SMTP_URL: mail(url('smtp', 'smtps').optional(), {
    about:
      'smtp://user:password@host:port (STARTTLS) or smtps:// (TLS from the start), instead of the ones below',
    secret: true,
  }),
  SMTP_HOST: mail(host.optional(), {
    about: 'Mail server',
    required: 'serve',
    orSet: 'SMTP_URL',
    otherwise: 'the built-in mail catcher outside production',
  }),
  SMTP_PORT: mail(whole(1, 65_535).optional(), { about: 'With SMTP_HOST', otherwise: '587' }),
  SMTP_USER: mail(text.optional(), { about: 'With SMTP_HOST' }),
  SMTP_PASSWORD: mail(text.optional(), { about: 'With SMTP_USER', secret: true }),
  SMTP_USE_TLS: mail(bool.optional(), {
    about: 'TLS from the start on port 465, STARTTLS on any other; false sends in clear',
    otherwise: 'true',
  }),
  DKIM_DOMAIN: mail(host.optional(), {
    about: 'Domain that mails are signed for (RFC 6376); together with the two below',
  }),
  DKIM_SELECTOR: mail(text.optional(), { about: 'Names the public key: <selector>._domainkey.<domain>' }),
  DKIM_PRIVATE_KEY: mail(text.optional(), {
    about: 'The private key in PEM; line breaks may be written \\n',
    secret: true,
  }),
  FROM_EMAIL: mail(email.optional(), {
    about: 'Sender of all mails',
    aliases: ['EMAIL_FROM', 'DEFAULT_FROM_EMAIL'],
    required: 'serve',
    otherwise: 'no-reply@toolbox.localhost',
  }),
  FROM_NAME: mail(text.default('Toolbox'), { about: 'Name of the sender', aliases: ['DEFAULT_FROM_NAME'] }),
  EMAIL_BATCH_SIZE: mail(whole(1, 1000).default(50), { about: 'Mails that a worker takes at once' }),
  EMAIL_MAX_ATTEMPTS: mail(whole(1, 50).default(36), {
    about:
      'Tries before a mail becomes a dead letter. The first repeat comes after 30 to 60 seconds, each further one after twice the time, up to an hour: 36 tries outlast an outage of the mail server of 29 hours, 8 one of an hour',
  }),
  ERROR_NOTIFICATION_EMAIL: mail(email.optional(), {
    about: 'Who is to be told of critical errors; nothing is sent there in this release',
  }),

  DATA_ENCRYPTION_KEY: keys(fernetKey.optional(), {
    about: 'Encrypts sensitive columns: a Fernet key, 32 bytes in base64url. Losing it loses them',
    secret: true,
    required: 'serve',
    otherwise: 'generated once and kept in TOOLBOX_STATE_DIR',
  }),
  DATA_ENCRYPTION_KEY_OLD_1: keys(fernetKey.optional(), {
    about: 'The key before, until everything is encrypted anew',
    secret: true,
  }),
  DATA_ENCRYPTION_KEY_OLD_2: keys(fernetKey.optional(), { about: 'The key before that', secret: true }),
  LAST_KEY_ROTATION: keys(isoTime.optional(), {
    about: 'When DATA_ENCRYPTION_KEY was last changed; only checked in this release',
  }),
});

export type VariableName = keyof typeof variables.shape;
export type Values = z.output<typeof variables>;

/** What the schema says of a variable. */
export function infoOf(name: VariableName): VariableInfo {
  const info = variableInfo.get(variables.shape[name]);
  if (!info) throw new Error(`The variable ${name} has no description in variables.ts.`);
  return info;
}

export const variableNames = Object.keys(variables.shape) as VariableName[];

function group(name: VariableGroup) {
  return <S extends z.ZodType>(schema: S, info: Omit<VariableInfo, 'group'>): S => {
    variableInfo.add(schema, { ...info, group: name });
    return schema;
  };
}

function postgresUrl() {
  return url('postgres', 'postgresql').optional();
}
