import { loadConfig } from '../../src/app/config.js';
import { serve } from '../../src/app/serve.js';
import { cleanUp, stopAll, StopError } from '../../src/app/stop-all.js';
import { spawnScript, type Ended } from '../journeys/toolbox-process.js';
import { captureLog } from '../support/captured-log.js';
import { createTestDatabase } from '../support/database.js';
import { waitFor } from '../support/wait-for.js';

/** Runs the scenario, and sends SIGTERM once it has said the word. */
async function run(scenario: string, word?: string): Promise<Ended> {
  const program = spawnScript('test/app/shutdown-program.ts', { env: { SCENARIO: scenario } });
  if (word !== undefined) {
    const said = waitFor(() => program.output().includes(`said: ${word}`), {
      what: `"${scenario}" says "${word}"`,
      timeoutMs: 60_000,
    });
    await Promise.race([said, program.ended]);
    program.kill('SIGTERM');
  }
  return program.ended;
}

const cases: [scenario: string, word: string | undefined, code: number, words: string[]][] = [
  ['stops, leaving something open', 'started', 0, ['said: all stopped', 'stopped']],
  ['fails to stop a part', 'started', 1, ['it did not want to', 'said: first stopped', 'said: last stopped']],
  ['fails to start, leaving something open', undefined, 78, ['no way to start']],
  ['starts for ever', 'starting', 0, ['stopping', 'said: cleaned up']],
  ['starts for ever, whatever it is told', 'starting', 1, ['stopping', 'not stopped in time']],
  ['breaks while it starts', undefined, 1, ['broken while starting', 'said: cleaned up']],
  [
    'breaks twice, and a promise as well',
    undefined,
    1,
    ['first break', 'second break', 'said: stopped after all'],
  ],
  ['loses what it needs', undefined, 1, ['lost it', 'said: all stopped']],
];

describe('a process', () => {
  const ends = new Map<string, Promise<Ended>>();
  beforeAll(() => {
    for (const [scenario, word] of cases) ends.set(scenario, run(scenario, word));
  });

  it.each(cases)('that %s (SIGTERM: %s) ends with %i', async (scenario, _word, code, words) => {
    const ended = await ends.get(scenario);
    if (!ended) throw new Error('It was not run.');
    expect({ code: ended.code, signal: ended.signal, err: ended.err }).toEqual({
      code,
      signal: null,
      err: '',
    });
    for (const each of words) expect(ended.out).toContain(each);
    if (words.includes('said: cleaned up')) expect(ended.out).not.toContain('said: started');
  });
});

describe('stopping', () => {
  it('stops group after group, and all of each, whatever fails; then it says so', async () => {
    const captured = captureLog();
    const order: string[] = [];
    const part = (name: string) => () => Promise.resolve(void order.push(name));
    const broken = () => Promise.reject(new Error('stuck'));
    const inner = () => stopAll([[broken], [part('inner')]], captured.log);
    await expect(stopAll([[part('a'), broken], [inner], [part('z')]], captured.log)).rejects.toThrow(
      StopError,
    );
    expect(order).toEqual(['a', 'inner', 'z']);
    expect(captured.lines().filter(({ msg }) => msg === 'a part could not be stopped')).toHaveLength(2);
    await expect(stopAll([[part('b')]], captured.log)).resolves.toBeUndefined();
  });

  it('after a failed start neither throws nor waits for ever', async () => {
    const captured = captureLog();
    await cleanUp(() => Promise.reject(new Error('stuck')), captured.log);
    expect(captured.text()).toContain('stuck');
    await cleanUp(() => new Promise(() => undefined), captured.log, 20);
    expect(captured.text()).toContain('leaving the rest');
  });
});

describe('a start that is given up', () => {
  it('throws the reason, and leaves no connection to the database', async () => {
    const database = await createTestDatabase();
    const captured = captureLog();
    const config = loadConfig({
      for: 'serve',
      cwd: '/',
      env: {
        NODE_ENV: 'test',
        PORT: '0',
        DATABASE_URL: database.url('app'),
        DATABASE_RELAY_URL: database.url('relay'),
        SMTP_HOST: '127.0.0.1',
        SECRET_KEY: 'test-secret-key-0123456789-abcdefghijklmn',
        JWT_SECRET_KEY: 'test-jwt-secret-0123456789-abcdefghijklmn',
      },
    });
    const told = new AbortController();
    const reason = new Error('told to stop');
    const clock = {
      now: () => {
        told.abort(reason);
        return new Date();
      },
    };
    await expect(serve('all', config, captured.log, { clock }, told.signal)).rejects.toBe(reason);
    expect(captured.lines().filter(({ level }) => Number(level) >= 40)).toEqual([]);
    const open = `select application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`;
    await waitFor(async () => (await database.query('superuser', open)).length === 0, {
      what: 'every connection being closed',
    });
    await database.drop();
  });
});
