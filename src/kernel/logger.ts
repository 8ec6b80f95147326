import { destination as fileDestination, type Logger as PinoLogger, pino, stdTimeFunctions } from 'pino';
import { prettyDestination, type LogDestination } from './logger-pretty.js';
import { maskText, redactFields } from './logger-redaction.js';

const MAX_PENDING_CHARACTERS = 65_536;

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

/** `log.info({ jobId }, 'job done')`, `log.error({ err }, 'job failed')` or `log.info('started')`. */
export interface LogFn {
  (fields: object, message: string): void;
  (message: string): void;
}

export type { LogDestination };

/** What every part of the program logs with. Everything passes the redaction; nothing is secret by luck. */
export interface Logger {
  debug: LogFn;
  info: LogFn;
  warn: LogFn;
  error: LogFn;
  /** A logger that adds these fields, such as `requestId`, `userId` and `orgId`, to each of its lines. */
  child(fields: object): Logger;
}

export interface LoggerOptions {
  level: LogLevel;
  /** Stands in each line as `name`; for telling processes apart. */
  name?: string;
  /** Standard output by default, written once per turn of the event loop. */
  destination?: LogDestination;
  /** One readable line instead of JSON, for development. */
  pretty?: boolean;
}

/**
 * A logger of JSON lines: `time` (ISO 8601, UTC), `level` (20 debug, 30 info, 40 warn, 50 error), the fields, `msg`.
 * Secrets, tokens and mail addresses in fields, errors and messages are masked (`logger-redaction.ts`).
 */
export function createLogger({ level, name, destination, pretty = false }: LoggerOptions): Logger {
  const target = destination ?? standardOutput();
  const inner = pino(
    {
      level,
      base: name === undefined ? null : { name },
      timestamp: stdTimeFunctions.isoTime,
      // Errors are already plain when they get here; pino's own serializer would take them for errors once more.
      serializers: { err: (error: unknown) => error },
    },
    pretty ? prettyDestination(target) : target,
  );
  return wrap(inner);
}

/**
 * One write for all lines of a turn of the event loop: a write into a pipe costs ten times what a line costs to make.
 * An exit or uncaught error writes what is left; only SIGKILL loses the lines of its turn.
 */
function standardOutput(): LogDestination {
  const output = fileDestination({ fd: 1, sync: true });
  let pending = '';
  const flush = () => {
    if (pending === '') return;
    const text = pending;
    pending = '';
    output.write(text);
  };
  process.once('exit', flush);
  return {
    write(line) {
      if (pending === '') setImmediate(flush);
      pending += line;
      if (pending.length > MAX_PENDING_CHARACTERS) flush();
    },
  };
}

function wrap(inner: PinoLogger): Logger {
  return {
    debug: logAt(inner, 'debug'),
    info: logAt(inner, 'info'),
    warn: logAt(inner, 'warn'),
    error: logAt(inner, 'error'),
    child: (fields) => wrap(inner.child(redactSafely(fields))),
  };
}

function logAt(inner: PinoLogger, level: 'debug' | 'info' | 'warn' | 'error'): LogFn {
  return (fieldsOrMessage: object | string, message?: string) => {
    if (!inner.isLevelEnabled(level)) return;
    if (typeof fieldsOrMessage === 'string') inner[level](maskText(fieldsOrMessage));
    else inner[level](redactSafely(fieldsOrMessage), maskText(message ?? ''));
  };
}

/** A getter or proxy among the fields may throw: the line is written without them, as logging must not fail anyone. */
function redactSafely(fields: object): object {
  try {
    return redactFields(fields);
  } catch (error) {
    return { unloggable: error instanceof Error ? maskText(error.message) : 'fields' };
  }
}
