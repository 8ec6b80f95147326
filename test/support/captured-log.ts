import { createLogger, type Logger, type LogLevel } from '../../src/kernel/logger.js';

export interface CapturedLog {
  log: Logger;
  /** Everything that was logged so far, as it would stand in the log. */
  text(): string;
  /** The same as objects. */
  lines(): Record<string, unknown>[];
}

/** The real logger, redaction and all, writing to memory. */
export function captureLog(level: LogLevel = 'debug'): CapturedLog {
  const written: string[] = [];
  const log = createLogger({ level, destination: { write: (line: string) => void written.push(line) } });
  return {
    log,
    text: () => written.join(''),
    lines: () =>
      written
        .join('')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  };
}
