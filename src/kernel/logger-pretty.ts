export interface LogDestination {
  /** Takes one whole line with its line break. */
  write(line: string): void;
}

const levelNames: Record<number, string> = { 20: 'DEBUG', 30: 'INFO ', 40: 'WARN ', 50: 'ERROR' };
const shownApart = new Set(['time', 'level', 'msg', 'err']);

/**
 * Turns JSON lines into ones for people: `12:34:56.789 INFO  listening port=4000`, with the stack of an error below.
 * Line breaks and control characters in values stay escaped, so that no value can fake a line.
 */
export function prettyDestination(destination: LogDestination): LogDestination {
  return { write: (line) => destination.write(formatLine(line)) };
}

function formatLine(line: string): string {
  const record = JSON.parse(line) as Record<string, unknown> & { time: string; level: number };
  const time = record.time.slice(11, 23);
  const fields = Object.entries(record)
    .filter(([key]) => !shownApart.has(key))
    .map(([key, value]) => `${escapeControl(key)}=${formatValue(value)}`);
  const head = [
    time,
    levelNames[record.level] ?? String(record.level),
    escapeControl(textOf(record.msg)),
    ...fields,
  ];
  return `${head.filter((part) => part !== '').join(' ')}\n${formatError(record.err)}`;
}

function formatError(error: unknown): string {
  if (typeof error !== 'object' || error === null)
    return error === undefined ? '' : `    ${formatValue(error)}\n`;
  const { stack, cause, ...rest } = error as Record<string, unknown>;
  const lines = typeof stack === 'string' ? stack.split('\n') : [formatValue(rest)];
  const own = lines.map((line) => `    ${escapeControl(line)}\n`).join('');
  return cause === undefined ? own : `${own}    caused by\n${formatError(cause)}`;
}

function formatValue(value: unknown): string {
  if (typeof value === 'string')
    return /^[\w.:/@*+-]+$/.test(value) ? value : escapeControl(JSON.stringify(value));
  return escapeControl(JSON.stringify(value) ?? '');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** C0, DEL and C1 controls, and the characters that turn the direction of text or break lines. */
function escapeControl(text: string): string {
  return text.replace(
    // Controls, line and paragraph separators, and format characters (which include those that turn the direction).
    /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}]/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}
