import { spawnSync } from 'node:child_process';
import { createLogger, type LogDestination, type LoggerOptions } from '../../src/kernel/logger.js';

function collect(options: Partial<LoggerOptions> = {}) {
  const lines: string[] = [];
  const destination: LogDestination = { write: (line) => void lines.push(line) };
  const log = createLogger({ level: 'debug', destination, ...options });
  const records = () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { log, lines, records, text: () => lines.join('') };
}

describe('the logger', () => {
  it('writes one line of JSON with time, level, fields and message', () => {
    const { log, lines, records } = collect({ name: 'worker' });
    log.warn({ jobId: 7 }, 'slow');
    expect(lines[0]?.endsWith('}\n')).toBe(true);
    expect(records()).toEqual([
      {
        level: 40,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/) as string,
        name: 'worker',
        jobId: 7,
        msg: 'slow',
      },
    ]);
  });

  it('carries the fields of a child logger in each of its lines, masked like all others', () => {
    const { log, records } = collect();
    const child = log.child({ requestId: 'r1', userId: 'u1' }).child({ orgId: 'o1', token: 'abc' });
    child.info('done');
    expect(records()[0]).toMatchObject({ requestId: 'r1', userId: 'u1', orgId: 'o1', token: '[redacted]' });
  });

  it('writes nothing below its level', () => {
    const { log, records } = collect({ level: 'warn' });
    log.debug('a');
    log.info({ n: 1 }, 'b');
    log.error('c');
    expect(records().map(({ msg }) => msg)).toEqual(['c']);
    const silent = collect({ level: 'silent' });
    silent.log.error('d');
    expect(silent.lines).toEqual([]);
  });
});

describe('standard output', () => {
  const program = `
    import { createLogger } from './src/kernel/logger.ts';
    const log = createLogger({ level: 'info' });
    for (let n = 0; n < 3000; n += 1) log.info({ n }, 'line');
    END`;

  it.each([
    ['at a normal end', ''],
    ['at process.exit', 'process.exit(0);'],
    ['at an uncaught error', "throw new Error('unexpected');"],
  ])('has every line in its order %s', (_, end) => {
    const args = [
      '--import',
      '@swc-node/register/esm-register',
      '--input-type=module',
      '--eval',
      program.replace('END', end),
    ];
    const { stdout } = spawnSync(process.execPath, args, {
      encoding: 'utf8',
      env: { PATH: process.env.PATH },
    });
    const numbers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { n: number }).n);
    expect(numbers).toEqual(Array.from({ length: 3000 }, (__, n) => n));
  });
});

describe('errors', () => {
  it('keep name, code, masked message and stack, and their causes up to a bound', () => {
    let cause: Error = new Error('innermost');
    for (let depth = 0; depth < 20; depth += 1) cause = new Error(`level ${depth}`, { cause });
    const error = Object.assign(new TypeError('no route to postgres://app:hunter2@db/x', { cause }), {
      code: 'ECONNREFUSED',
      port: 5432,
      parameters: ['hunter2'],
      detail: 'Failing row contains (hunter2)',
    });
    const { log, records, text } = collect();
    log.error({ err: error }, 'failed');
    expect(records()[0]?.err).toMatchObject({
      type: 'TypeError',
      code: 'ECONNREFUSED',
      port: 5432,
      message: 'no route to postgres://app:***@db/x',
      stack: expect.stringMatching(/logger\.test/) as string,
      cause: { message: 'level 19' },
    });
    expect(text()).not.toMatch(/hunter2|innermost/);
  });

  it('are understood at the top, in lists, as aggregates, and from other realms', () => {
    const { log, records } = collect();
    log.error(new Error('top'), 'x');
    log.error({ list: [new AggregateError([new Error('first'), 'second'], 'both')] }, 'x');
    log.error({ err: new DOMException('stopped', 'AbortError') }, 'x');
    expect(records()).toMatchObject([
      { err: { message: 'top' } },
      { list: [{ message: 'both', errors: [{ message: 'first' }, 'second'] }] },
      { err: { type: 'AbortError', message: 'stopped' } },
    ]);
  });
});

describe('odd values', () => {
  it('never stop a line from being written', () => {
    const circular: Record<string, unknown> = { n: 1 };
    circular.self = circular;
    const fields = {
      circular,
      big: 10n,
      nothing: undefined,
      when: new Date(0),
      never: new Date(Number.NaN),
      bytes: Buffer.from('abc'),
      infinite: Number.POSITIVE_INFINITY,
      run: () => 1,
      set: new Set(['a']),
      url: new URL('https://u:hunter2@example.com/'),
      client: new (class Client {
        connection = 'hunter2';
      })(),
    };
    const { log, records, text } = collect();
    log.info(fields, 'odd');
    expect(text()).not.toContain('hunter2');
    expect(records()[0]).toMatchObject({
      big: '10',
      when: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      bytes: '[3 bytes]',
      infinite: 'Infinity',
      run: '[function]',
      set: ['a'],
      url: 'https://u:***@example.com/',
      client: '[Client]',
      msg: 'odd',
    });
  });

  it('are bounded in size', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [`k${index}`, { list: Array(1000).fill('v') }]),
    );
    const { log, text } = collect();
    log.info({ wide, long: 'x'.repeat(1_000_000) }, 'y'.repeat(1_000_000));
    expect(text().length).toBeLessThan(30_000);
    expect(text()).toContain('(995904 more)');
  });

  it('that throw when read leave the line without them', () => {
    const { log, records } = collect();
    const hostile = {
      get trap(): string {
        throw new Error('no');
      },
    };
    log.info(hostile, 'still here');
    expect(records()[0]).toMatchObject({ msg: 'still here', unloggable: 'no' });
  });

  it('made to be slow are masked in no time', () => {
    const hostile = [
      'a.'.repeat(5000),
      'a@'.repeat(5000),
      '?code'.repeat(2000),
      'x_secret_'.repeat(1000),
      '"a":'.repeat(3000),
      'Key (a)=('.repeat(2000),
    ];
    const began = process.cpuUsage();
    const { log } = collect();
    for (const text of hostile) log.info(`${text} tbx @ = ://`);
    // A pattern that backtracks over 10,000 characters takes seconds, not a fraction of one.
    expect(process.cpuUsage(began).user / 1000).toBeLessThan(1000);
  });
});

describe('pretty lines', () => {
  it('show time, level, message and fields in one line', () => {
    const { log, text } = collect({ pretty: true });
    log.child({ requestId: 'r1' }).info({ port: 4000, name: 'two words', list: [1] }, 'listening');
    expect(text()).toMatch(
      /^\d\d:\d\d:\d\d\.\d{3} INFO {2}listening requestId=r1 port=4000 name="two words" list=\[1\]\n$/,
    );
  });

  it('show the stack of an error below, with its cause', () => {
    const { log, lines } = collect({ pretty: true });
    log.error({ err: new Error('outer', { cause: new Error('inner') }) }, 'failed');
    expect(lines.join('')).toMatch(
      /ERROR failed\n {4}Error: outer\n[\s\S]+ {4}caused by\n {4}Error: inner\n/,
    );
  });

  it('cannot be forged with line breaks or control characters', () => {
    const { log, lines } = collect({ pretty: true });
    log.info({ name: 'a\u001b[2J\u202eb', text: 'x\n09:00:00 INFO  fake' }, 'one\n09:00:00.000 INFO  fake');
    expect(lines[0]?.split('\n')).toHaveLength(2);
    expect(lines[0]).toContain(String.raw`\u001b[2J\u202eb`);
  });
});
