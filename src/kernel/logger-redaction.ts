/**
 * What may not reach a log. Works on the structure and on the text of values, not on paths: a secret is masked
 * wherever it turns up. Bounded in depth, width and text, so that one odd object cannot fill the disk.
 */

import { types } from 'node:util';

const REDACTED = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ENTRIES = 50;
const MAX_NODES = 500;
const MAX_TEXT = 4096;
const MAX_STACK = 8192;
const MAX_CAUSES = 5;
const MAX_KNOWN_KEYS = 2000;

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

interface Walk {
  nodesLeft: number;
}

const sensitiveKey =
  /passw|passphrase|passcode|secret|token|authorization|cookie|credential|api[-_]?key|private[-_]?key|encryption[-_]?key|signing[-_]?key|access[-_]?key|jwt|bearer|csrf|signature|recovery[-_]?code|backup[-_]?code|(?:verification|mfa|otp|sms|auth|security)[-_]?code|card[-_]?number|magic[-_]?link|action[-_]?url/i;
const sensitiveWholeKey = /^(?:pwd|pass|pin|otp|totp|sid|sig|salt|cvc|cvv|iban|auth)$/i;
/** `tokenId`, `passwordChangedAt`, `cookie_count` tell about a secret and hold none. */
const aboutASecret =
  /(?:Ids?|Types?|Counts?|At|Minutes|Hours|Days|Seconds|Ms|Length|Kind|_ids?|_types?|_counts?|_at|_kind)$/;

/** Values of a key that are kept: SQLSTATE, errno and error codes, exit, HTTP, SMTP and close codes. */
const harmlessCode = /^(?:[A-Z]+(?:_[A-Z0-9]+)*|[0-9A-Z]{5}|\d{1,4})$/;

/** What is kept of an error besides its message: never `detail`, `where`, `query` or `parameters`, which quote rows. */
const errorFields = [
  'code',
  'kind',
  'reason',
  'errno',
  'syscall',
  'address',
  'port',
  'hostname',
  'severity',
  'schema',
  'table',
  'column',
  'constraint',
  'routine',
  'status',
  'statusCode',
  'responseCode',
  'command',
  'signal',
  'requestId',
] as const;

/** One cheap look that most texts end with; each alternative stands for a rule below. */
const maybeSensitive =
  /@|:\/\/|eyJ|tbx|gAAAAA|_secret_|whsec_|[sr]k_|Failing row|Key \(|-----BEGIN|=|"\s*:|\b(?:bearer|basic) /i;

interface Rule {
  /** What a text must contain for the rule to be tried; looking for it is far cheaper than the pattern. */
  hint: string;
  pattern: RegExp;
  replacement: string;
}

/** Every repetition is bounded or cannot backtrack, so that no text makes a rule slow. */
const rules: readonly Rule[] = [
  {
    hint: '-----BEGIN',
    pattern: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g,
    replacement: REDACTED,
  },
  {
    // What follows the colon is no port: a password, up to the last @, as it may hold @ and / itself.
    hint: '://',
    pattern: /\b([a-z][a-z0-9+.-]{1,20}:\/\/)([^\s:@/]{0,128}):(?!\d{1,5}(?:[/?#\s]|$))[^\s"'<>]{1,1024}@/gi,
    replacement: '$1$2:***@',
  },
  { hint: 'eyJ', pattern: /\beyJ[\w-]{6,}\.[\w-]{2,}(?:\.[\w-]+){0,3}/g, replacement: REDACTED },
  { hint: 'tbx', pattern: /\btbx(?:[a-z]{0,20}_|\d\.)[\w.-]{8,}/g, replacement: REDACTED },
  { hint: 'gAAAAA', pattern: /\bgAAAAA[\w-]{60,}={0,2}/g, replacement: REDACTED },
  { hint: ' ', pattern: /\b(bearer)\s{1,4}[\w.~+/=-]{6,}/gi, replacement: `$1 ${REDACTED}` },
  { hint: ' ', pattern: /\b(basic)\s{1,4}[\w+/-]{16,}={0,2}/gi, replacement: `$1 ${REDACTED}` },
  { hint: 'k_', pattern: /\b(?:sk|rk)_(?:live|test)_\w{4,}/g, replacement: REDACTED },
  { hint: 'whsec_', pattern: /\bwhsec_[\w+/=]{4,}/g, replacement: REDACTED },
  { hint: '_secret_', pattern: /\b\w{1,40}_secret_\w{8,}/g, replacement: REDACTED },
  {
    hint: '=',
    pattern:
      /([\w-]{0,40}(?:passw(?:or)?d|secret|token|api[-_]?key|signature)|[?&](?:code|key|sig|state))=("[^"]*"|'[^']*'|[^\s&,;"'#]+)/gi,
    replacement: `$1=${REDACTED}`,
  },
  {
    hint: '"',
    pattern:
      /("[\w-]{0,40}(?:passw(?:or)?d|secret|token|authorization|cookie|api[-_]?key)"\s{0,4}:\s{0,4})"(?:[^"\\]|\\.)*"?/gi,
    replacement: `$1"${REDACTED}"`,
  },
  // PostgreSQL quotes whole rows and key values in the detail of an error, and MikroORM copies it into the message.
  {
    hint: 'Failing row',
    pattern: /\bFailing row contains \([\s\S]*?(?=\n\s{1,8}at |\n - hint|$)/g,
    replacement: `Failing row contains (${REDACTED})`,
  },
  {
    hint: 'Key (',
    pattern:
      /\bKey (\([^\n]{1,200}?\))=\((?:[\s\S]*?\)(?= (?:already exists|is not present|is still referenced|conflicts with))|[\s\S]*)/g,
    replacement: `Key $1=(${REDACTED})`,
  },
  {
    hint: '@',
    pattern:
      /([\p{L}\p{N}_])[\p{L}\p{N}._%+'-]{0,63}@((?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}[\p{L}\p{N}-]{1,62}|localhost\b)/gu,
    replacement: '$1***@$2',
  },
];

/** Masks secrets and mail addresses inside a text, and cuts a very long one. */
export function maskText(text: string, maxLength = MAX_TEXT): string {
  const cut =
    text.length > maxLength ? `${text.slice(0, maxLength)}… (${text.length - maxLength} more)` : text;
  if (!maybeSensitive.test(cut)) return cut;
  let masked = cut;
  for (const { hint, pattern, replacement } of rules) {
    if (masked.includes(hint)) masked = masked.replace(pattern, replacement);
  }
  return masked;
}

/** A copy of log fields that holds nothing secret and can always be written as JSON. */
export function redactFields(fields: object): { [key: string]: Json } {
  const walk: Walk = { nodesLeft: MAX_NODES };
  if (isError(fields)) return { err: redactError(fields, walk, 0) };
  return redactEntries(Object.entries(fields), walk, 0);
}

function redactValue(key: string, value: unknown, walk: Walk, depth: number): Json {
  if (key === 'code' && !isHarmlessCode(value)) return REDACTED;
  if (isSensitiveKey(key) && holdsSomething(value)) return REDACTED;
  walk.nodesLeft -= 1;
  switch (typeof value) {
    case 'string':
      return maskText(value);
    case 'number':
      return Number.isFinite(value) ? value : String(value);
    case 'boolean':
      return value;
    case 'bigint':
      return value.toString();
    case 'object':
      return value === null ? null : redactObject(value, walk, depth);
    default:
      return `[${typeof value}]`;
  }
}

function redactObject(value: object, walk: Walk, depth: number): Json {
  if (isError(value)) return redactError(value, walk, depth);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH || walk.nodesLeft <= 0) return '[…]';
  if (Array.isArray(value)) return redactItems(value, walk, depth);
  if (value instanceof Set) return redactItems([...value], walk, depth);
  if (value instanceof Map)
    return redactEntries(
      [...value].map(([key, inner]) => [String(key), inner]),
      walk,
      depth,
    );
  if (value instanceof URL) return maskText(value.href);
  // A class instance may hold anything (a database client holds its password), so that only its name is told.
  if (!isPlain(value)) return `[${value.constructor?.name || 'object'}]`;
  return redactEntries(Object.entries(value), walk, depth);
}

/** Of any realm: what comes from another context or from Node's own modules is not `instanceof` ours. */
function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function redactItems(items: unknown[], walk: Walk, depth: number): Json {
  const kept = items.slice(0, MAX_ENTRIES).map((item) => redactValue('', item, walk, depth + 1));
  return items.length > MAX_ENTRIES ? [...kept, `… (${items.length - MAX_ENTRIES} more)`] : kept;
}

function redactEntries(entries: [string, unknown][], walk: Walk, depth: number): { [key: string]: Json } {
  const result: { [key: string]: Json } = {};
  for (const [key, value] of entries.slice(0, MAX_ENTRIES)) {
    if (value === undefined) continue;
    if (walk.nodesLeft <= 0) break;
    result[maskText(key, 128)] = redactValue(key, value, walk, depth + 1);
  }
  if (entries.length > MAX_ENTRIES) result['…'] = `${entries.length - MAX_ENTRIES} more`;
  return result;
}

function redactError(error: Error, walk: Walk, causes: number): Json {
  walk.nodesLeft -= 1;
  const result: { [key: string]: Json } = { type: error.name, message: maskText(error.message) };
  for (const field of errorFields) {
    const value: unknown = (error as unknown as Record<string, unknown>)[field];
    if (typeof value === 'string') result[field] = maskText(value, 256);
    else if (typeof value === 'number' || typeof value === 'boolean') result[field] = value;
  }
  if (typeof error.stack === 'string') result.stack = maskText(error.stack, MAX_STACK);
  if (causes >= MAX_CAUSES) return result;
  if (isError(error.cause)) result.cause = redactError(error.cause, walk, causes + 1);
  else if (error.cause !== undefined) result.cause = redactValue('cause', error.cause, walk, MAX_DEPTH - 1);
  if (error instanceof AggregateError) {
    const inner: unknown[] = error.errors.slice(0, MAX_CAUSES);
    result.errors = inner.map((each) =>
      isError(each) ? redactError(each, walk, MAX_CAUSES) : redactValue('', each, walk, MAX_DEPTH - 1),
    );
  }
  return result;
}

const knownKeys = new Map<string, boolean>();

function isSensitiveKey(key: string): boolean {
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  const sensitive = sensitiveWholeKey.test(key) || (sensitiveKey.test(key) && !aboutASecret.test(key));
  // Keys can come from users' input: the memory of them is bounded.
  if (knownKeys.size < MAX_KNOWN_KEYS) knownKeys.set(key, sensitive);
  return sensitive;
}

/** Under a sensitive key, only that something is there or not may be told. */
function holdsSomething(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'boolean';
}

function isHarmlessCode(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) < 10_000;
  return typeof value === 'string' ? harmlessCode.test(value) : value === null;
}
