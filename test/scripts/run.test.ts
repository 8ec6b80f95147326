import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { FakeProject, waitFor, type Run } from './fake-project.js';

/** Says that it can be signalled, says what it got, and ends at the first SIGINT or SIGTERM with code 7. */
const PROGRAM = `
  let signals = 0;
  for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => {
    console.log('got', name, ++signals);
    setTimeout(() => process.exit(7), 300);
  });
  setInterval(() => {}, 1e6);
  console.log('started', process.pid, process.argv.slice(2).join(','), process.env.PATH.split(':')[0]);`;

const QUICK_PROGRAM = `console.log('ran'); process.exit(5);`;

describe('scripts/run.mjs', () => {
  let project: FakeProject;
  const runs: Run[] = [];

  beforeEach(async () => {
    project = await FakeProject.create({ 'src/main.ts': QUICK_PROGRAM, 'migrations/first.ts': '' });
  });

  afterEach(async () => {
    runs.splice(0).forEach(({ child }) => child.kill('SIGKILL'));
    await project.remove();
  });

  function run(args: string[], environment?: Record<string, string>): Run {
    const started = project.run(args, environment);
    runs.push(started);
    return started;
  }

  const read = (name: string) => readFile(project.path(name), 'utf8');

  it('names the entries when it does not know the one asked for', async () => {
    const { exitCode, output } = run(['sart']);
    expect(await exitCode).toBe(1);
    expect(output()).toContain('run.mjs <start|dev|build|test|');
  });

  it('installs and builds once, and answers with the exit code of the entry', async () => {
    const first = run(['start']);
    expect(await first.exitCode).toBe(5);
    expect(await run(['start']).exitCode).toBe(5);
    expect(await read('npm-calls')).toMatch(/^ci --engine-strict=false --loglevel=error .*\n$/);
    expect(await read('compiler-calls')).toBe('x');
  });

  it('installs again when the lockfile is another or node_modules was removed', async () => {
    await run(['build']).exitCode;
    await project.write({ 'package-lock.json': '{"other": true}' });
    await run(['build']).exitCode;
    await rm(project.path('node_modules'), { recursive: true });
    await run(['build']).exitCode;
    expect((await read('npm-calls')).split('\n')).toHaveLength(4);
  });

  it('installs again after an install that failed', async () => {
    await project.write({ 'broken-install': '' });
    const failed = run(['start']);
    expect(await failed.exitCode).toBe(1);
    expect(failed.output()).toContain('This failed with 3');
    await rm(project.path('broken-install'));
    expect(await run(['start']).exitCode).toBe(5);
  });

  it('builds again when a source changed, and keeps nothing of one that was removed', async () => {
    await project.write({ 'src/old.ts': '' });
    await run(['build']).exitCode;
    expect(existsSync(project.path('dist/src/old.js'))).toBe(true);
    await rm(project.path('src/old.ts'));
    await project.write({ 'src/main.ts': 'process.exit(6)' });
    expect(await run(['start']).exitCode).toBe(6);
    expect(existsSync(project.path('dist/src/old.js'))).toBe(false);
  });

  it('waits for another one that installs, and says so', async () => {
    await project.write({ 'slow-install': '' });
    const first = run(['start']);
    await waitFor('npm', () => existsSync(project.path('npm-calls')));
    const second = run(['start']);
    await second.saw(`Waiting for process ${first.child.pid}`);
    await rm(project.path('slow-install'));
    expect([await first.exitCode, await second.exitCode]).toEqual([5, 5]);
    expect((await read('npm-calls')).split('\n')).toHaveLength(2);
  });

  it('takes over from one that was killed, once the npm it had started has ended', async () => {
    await project.write({ 'slow-install': '' });
    const first = run(['start']);
    await waitFor('npm', () => existsSync(project.path('npm-calls')));
    first.child.kill('SIGKILL');
    await new Promise((resolve) => first.child.once('exit', resolve));
    const second = run(['start']);
    await second.saw('Waiting for process');
    await rm(project.path('slow-install'));
    expect(await second.exitCode).toBe(5);
    expect((await read('npm-calls')).split('\n')).toHaveLength(3);
  });

  it('passes arguments on, and puts the Node of the install first on PATH', async () => {
    await project.write({ 'src/main.ts': PROGRAM });
    const { child, output, saw } = run(['start', 'api', '--flag']);
    await saw('started');
    expect(output()).toContain(
      `api,--flag ${project.path('node_modules', `node-${process.platform}-${process.arch}`, 'bin')}`,
    );
    child.kill('SIGTERM');
  });

  it('gives an entry one signal for a Ctrl-C that arrives several times', async () => {
    await project.write({ 'src/main.ts': PROGRAM });
    const { child, output, saw, exitCode } = run(['start']);
    await saw('started');
    child.kill('SIGINT');
    await saw('got SIGINT 1');
    child.kill('SIGINT');
    expect(await exitCode).toBe(7);
    expect(output()).not.toContain('got SIGINT 2');
  });

  it('ends the entry with SIGTERM when it is killed itself', async () => {
    await project.write({ 'src/main.ts': PROGRAM });
    const { child, saw } = run(['start']);
    await saw('started');
    child.kill('SIGKILL');
    await saw('got SIGTERM 1');
  });
});
