/** Connection settings that may be given as one URL or in pieces. */
import type { ConfigProblem } from './config-error.js';
import { bracketed } from './value-types.js';
import type { Values } from './variables.js';

export interface SmtpSettings {
  host: string;
  port: number;
  user?: string;
  password?: string;
  /** 'starttls' insists on it, 'tls' begins with it, 'none' sends in clear. */
  tls: 'none' | 'starttls' | 'tls';
}

const IMPLICIT_TLS_PORT = 465;
const SUBMISSION_PORT = 587;

/** DATABASE_URL, or the URL that POSTGRES_* describe. */
export function resolveDatabaseUrl(values: Values, problems: ConfigProblem[]): string | undefined {
  const {
    POSTGRES_SERVER: server,
    POSTGRES_USER: user,
    POSTGRES_PASSWORD: password,
    POSTGRES_DB: name,
  } = values;
  if (server === undefined) {
    if (user !== undefined && values.DATABASE_URL === undefined) {
      problems.push({
        variable: 'POSTGRES_SERVER',
        problem: 'is missing beside POSTGRES_USER. Set it, or DATABASE_URL',
      });
    }
    return values.DATABASE_URL;
  }
  const missing = Object.entries({ POSTGRES_USER: user, POSTGRES_PASSWORD: password, POSTGRES_DB: name })
    .filter(([, value]) => value === undefined)
    .map(([variable]) => variable);
  if (missing.length > 0) {
    problems.push({ variable: missing.join(', '), problem: 'must be set together with POSTGRES_SERVER' });
    return undefined;
  }
  const composed = `postgres://${credentials(user, password)}${server}/${encodeURIComponent(name ?? '')}`;
  return agreed('DATABASE_URL', values.DATABASE_URL, 'POSTGRES_SERVER', composed, samePostgres, problems);
}

/** REDIS_URL, or the URL that REDIS_* describe. */
export function resolveRedisUrl(values: Values, problems: ConfigProblem[]): string | undefined {
  const { REDIS_HOST: host, REDIS_PORT: port = 6379, REDIS_PASSWORD: password } = values;
  if (host === undefined) return values.REDIS_URL;
  const composed = `redis://${credentials('', password)}${bracketed(host)}:${port}`;
  return agreed('REDIS_URL', values.REDIS_URL, 'REDIS_HOST', composed, sameServer, problems);
}

/** SMTP_URL, or what SMTP_HOST and its companions describe. */
export function resolveSmtp(values: Values, problems: ConfigProblem[]): SmtpSettings | undefined {
  const fromUrl = values.SMTP_URL === undefined ? undefined : smtpFromUrl(new URL(values.SMTP_URL));
  const {
    SMTP_HOST: host,
    SMTP_PORT: port = SUBMISSION_PORT,
    SMTP_USER: user,
    SMTP_PASSWORD: password,
  } = values;
  if ((user === undefined) !== (password === undefined)) {
    problems.push({ variable: 'SMTP_USER, SMTP_PASSWORD', problem: 'must be set together' });
  }
  if (host === undefined) return fromUrl;
  const tls = values.SMTP_USE_TLS === false ? 'none' : port === IMPLICIT_TLS_PORT ? 'tls' : 'starttls';
  const inPieces: SmtpSettings = { host, port, tls, ...(user !== undefined && { user, password }) };
  if (fromUrl && (fromUrl.host !== host || (values.SMTP_PORT !== undefined && fromUrl.port !== port))) {
    problems.push({
      variable: 'SMTP_URL',
      problem: 'names another server than SMTP_HOST. Set one of them only',
    });
  }
  return fromUrl ?? inPieces;
}

export interface DkimSettings {
  domainName: string;
  keySelector: string;
  /** PEM. */
  privateKey: string;
}

/** All three or none. */
export function resolveDkim(values: Values, problems: ConfigProblem[]): DkimSettings | undefined {
  const { DKIM_DOMAIN: domainName, DKIM_SELECTOR: keySelector, DKIM_PRIVATE_KEY: privateKey } = values;
  if (domainName && keySelector && privateKey) {
    return { domainName, keySelector, privateKey: privateKey.replaceAll('\\n', '\n') };
  }
  if (domainName ?? keySelector ?? privateKey) {
    problems.push({
      variable: 'DKIM_DOMAIN, DKIM_SELECTOR, DKIM_PRIVATE_KEY',
      problem: 'must be set together',
    });
  }
  return undefined;
}

function smtpFromUrl(url: URL): SmtpSettings {
  const implicitTls = url.protocol === 'smtps:';
  const user = decodeURIComponent(url.username);
  return {
    host: unbracketed(url.hostname),
    port: url.port === '' ? (implicitTls ? IMPLICIT_TLS_PORT : SUBMISSION_PORT) : Number(url.port),
    tls: implicitTls ? 'tls' : 'starttls',
    ...(user !== '' && { user, password: decodeURIComponent(url.password) }),
  };
}

function agreed(
  urlName: string,
  url: string | undefined,
  piecesName: string,
  composed: string,
  same: (a: URL, b: URL) => boolean,
  problems: ConfigProblem[],
): string {
  if (url !== undefined && !same(new URL(url), new URL(composed))) {
    problems.push({
      variable: urlName,
      problem: `differs from what ${piecesName} describes. Set one of them only`,
    });
  }
  return url ?? composed;
}

function samePostgres(a: URL, b: URL): boolean {
  const parts = (url: URL) =>
    [url.hostname, url.port || '5432', url.pathname, url.username, url.password].join('\n');
  return parts(a) === parts(b);
}

function sameServer(a: URL, b: URL): boolean {
  return a.hostname === b.hostname && (a.port || '6379') === (b.port || '6379') && a.password === b.password;
}

function credentials(user = '', password = ''): string {
  if (user === '' && password === '') return '';
  return `${encodeURIComponent(user)}:${encodeURIComponent(password)}@`;
}

function unbracketed(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1');
}
