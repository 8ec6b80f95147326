import { copyFile, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createScratchDirectory, projectDirectory, runToolbox } from '../journeys/toolbox-process.js';

type Scratch = Awaited<ReturnType<typeof createScratchDirectory>>;

let scratch: Scratch;

beforeAll(async () => {
  scratch = await createScratchDirectory();
});

afterAll(() => scratch.remove());

const run = (args: string[], env: Record<string, string> = {}) =>
  runToolbox(args, { cwd: scratch.directory, env });

/** The variables that a configuration error names, in its order. */
const namedIn = (message: string) => [...message.matchAll(/^ {2}([A-Z0-9_, ]+):/gm)].map(([, name]) => name);

describe('the command line', () => {
  it('explains itself on --help', async () => {
    const { code, out, err } = await run(['--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const command of ['all', 'api', 'worker', 'migrate', 'schema', 'keys']) {
      expect(out).toMatch(new RegExp(`^ {2}${command} {2,}\\S`, 'm'));
    }
  });

  it('ends with 2 and the usage where the words are wrong, whatever the command', async () => {
    const wrong: [string[], string][] = [
      [['fly'], 'There is no command fly.'],
      [['all', 'now'], 'all takes no arguments'],
      [['migrate', 'sideways'], 'migrate wants: up, down [TO]'],
      [['schema', '--force'], 'schema takes no argument but --check.'],
      [['keys'], 'keys wants: generate or list.'],
      [['keys', 'list', 'all'], 'keys list takes no more arguments.'],
    ];
    const results = await Promise.all(wrong.map(([args]) => run(args)));
    results.forEach(({ code, out, err }, index) => {
      expect({ code, out }).toEqual({ code: 2, out: '' });
      expect(err).toContain(wrong[index]?.[1]);
      expect(err).toContain('Usage: npm start');
    });
  });
});

describe('a wrong configuration', () => {
  it('ends with 78 and one message that names every wrong variable and shows no value', async () => {
    const { code, out, err } = await run(['all'], {
      PORT: 'four thousand',
      LOG_LEVEL: 'loud',
      ADMIN_USERNAME: 'root',
      DATABASE_URL: 'mysql://toolbox:hunter2@localhost/toolbox',
    });
    expect({ code, out }).toEqual({ code: 78, out: '' });
    expect(namedIn(err).sort()).toEqual([
      'ADMIN_USERNAME, ADMIN_PASSWORD',
      'DATABASE_URL',
      'LOG_LEVEL',
      'PORT',
    ]);
    expect(err).not.toContain('hunter2');
    expect(err).toContain('.env.example');
  });

  it('is one in production without what the stand-ins give elsewhere, and nothing is started', async () => {
    const { code, err } = await run(['all'], {
      NODE_ENV: 'production',
      TOOLBOX_STATE_DIR: 'production-state',
    });
    expect(code).toBe(78);
    expect(namedIn(err)).toEqual(
      expect.arrayContaining([
        'PUBLIC_URL',
        'SECRET_KEY',
        'DATABASE_URL',
        'JWT_SECRET_KEY',
        'SMTP_HOST',
        'FROM_EMAIL',
        'DATA_ENCRYPTION_KEY',
      ]),
    );
    await expect(readFile(path.join(scratch.directory, 'production-state', 'secrets.json'))).rejects.toThrow(
      'ENOENT',
    );
  });

  it('is one for migrations of a configured database without the login of its owner', async () => {
    const { code, err } = await run(['migrate', 'up'], {
      DATABASE_URL: 'postgres://toolbox_app:app@127.0.0.1:1/x',
    });
    expect(code).toBe(78);
    expect(namedIn(err)).toEqual(['DATABASE_OWNER_URL']);
  });

  it('is one for a worker that has no login to publish events with', async () => {
    const { code, err } = await run(['worker'], { DATABASE_URL: 'postgres://toolbox_app:app@127.0.0.1:1/x' });
    expect(code).toBe(78);
    expect(namedIn(err)).toEqual(['DATABASE_RELAY_URL']);
  });
});

describe('keys', () => {
  it('generates secrets that production accepts, new ones each time', async () => {
    const [first, second] = await Promise.all([run(['keys', 'generate']), run(['keys', 'generate'])]);
    const parse = (out: string) =>
      Object.fromEntries(
        out
          .trim()
          .split('\n')
          .map((line) => line.split(/=(.*)/s).slice(0, 2)),
      ) as Record<string, string>;
    const keys = parse(first.out);
    expect(Object.keys(keys)).toEqual(['SECRET_KEY', 'JWT_SECRET_KEY', 'DATA_ENCRYPTION_KEY']);
    for (const [name, value] of Object.entries(parse(second.out))) expect(value).not.toBe(keys[name]);
    const { code, err } = await run(['api'], { NODE_ENV: 'production', ...keys });
    expect(code).toBe(78);
    for (const name of Object.keys(keys)) expect(namedIn(err)).not.toContain(name);
  });

  it('lists the keys in force by name, the current one first, and shows none', async () => {
    const [current, old] = [
      Buffer.alloc(32, 1).toString('base64url'),
      Buffer.alloc(32, 2).toString('base64url'),
    ];
    const env = { DATA_ENCRYPTION_KEY: `${current}=`, DATA_ENCRYPTION_KEY_OLD_1: `${old}=` };
    const { code, out } = await run(['keys', 'list'], env);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toEqual([
      expect.stringMatching(/^\S+ {2}current$/),
      expect.stringMatching(/^\S+ {2}old, reads only$/),
    ]);
    expect(out).not.toContain(current);
    expect(out).not.toContain(old);
  });
});

describe('schema', () => {
  it('says whether schema.graphql is what the code makes, and makes it so', async () => {
    const file = path.join(scratch.directory, 'schema.graphql');
    await writeFile(file, 'type Query { old: Int }\n');
    const stale = await run(['schema', '--check']);
    expect(stale).toMatchObject({ code: 1, out: expect.stringContaining('npm run schema') as string });
    expect(await readFile(file, 'utf8')).toBe('type Query { old: Int }\n');

    expect((await run(['schema'])).code).toBe(0);
    expect(await run(['schema', '--check'])).toMatchObject({ code: 0, out: '' });
    const written = await readFile(file, 'utf8');
    await copyFile(path.join(projectDirectory, 'schema.graphql'), file);
    expect(written).toBe(await readFile(file, 'utf8'));
  });
});
