import { FakeProject } from './fake-project.js';

const PASSES = 'process.exit(0)';
const FAILS = `console.log('this is what is wrong'); process.exit(1)`;

/** Stands for jest: leaves a result, and prints its arguments. */
const JEST = `
  const path = process.argv.find((arg) => arg.startsWith('--outputFile=')).slice(13);
  console.log('jest', process.argv.slice(2).join(' '));
  require('node:fs').writeFileSync(path, JSON.stringify({ numPassedTests: 10, numFailedTests: 0,
    numRuntimeErrorTestSuites: 0, numPendingTests: 0, numTodoTests: 0 }));`;

const BROKEN_JEST = JEST.replace('numFailedTests: 0', 'numFailedTests: 2').replace('Suites: 0', 'Suites: 1');

const tool = (path: string, text: string) => ({
  [`fake-modules/${path}`]: text,
  [`fake-modules/${path.split('/')[0]}/package.json`]: '{"type": "commonjs"}',
});

const FILES = {
  'src/main.ts': PASSES,
  'migrations/first.ts': '',
  'test/plain.test.ts': '',
  'scripts/check-schema-changes.mjs': PASSES,
  'scripts/build-mail-templates.mjs': PASSES,
  ...tool('prettier/bin/prettier.cjs', PASSES),
  ...tool('eslint/bin/eslint.js', PASSES),
  ...tool('dependency-cruiser/bin/dependency-cruiser.mjs', PASSES),
  ...tool('@graphql-codegen/cli/esm/bin.js', PASSES),
  ...tool('jest/bin/jest.js', JEST),
};

describe('npm test', () => {
  let project: FakeProject;

  afterEach(() => project.remove());

  async function check(files: Record<string, string>, environment?: Record<string, string>) {
    project = await FakeProject.create({ ...FILES, ...files });
    const { exitCode, output } = project.run(['test'], environment);
    const code = await exitCode;
    return { code, output: output(), lastLine: output().trimEnd().split('\n').at(-1) };
  }

  it('counts each check as one test beside those of the suite, on a last line of its own', async () => {
    const { code, lastLine, output } = await check({});
    expect({ code, lastLine }).toEqual({ code: 0, lastLine: '19 passed, 0 failed' });
    expect(output).toMatch(/^lint: passed \(\d+\.\d s\)$/m);
  });

  it('runs everything although one check fails, and shows what that said', async () => {
    const { code, lastLine, output } = await check(tool('eslint/bin/eslint.js', FAILS));
    expect({ code, lastLine }).toEqual({ code: 1, lastLine: '18 passed, 1 failed' });
    expect(output).toContain('this is what is wrong');
  });

  it('counts failed tests, and files that could not be loaded', async () => {
    const { code, lastLine } = await check(tool('jest/bin/jest.js', BROKEN_JEST));
    expect({ code, lastLine }).toEqual({ code: 1, lastLine: '19 passed, 3 failed' });
  });

  it('fails when the suite does although every test passed, as for too little coverage', async () => {
    const { code, lastLine } = await check(tool('jest/bin/jest.js', `${JEST}; process.exit(1)`));
    expect({ code, lastLine }).toEqual({ code: 1, lastLine: '19 passed, 1 failed' });
  });

  it('leaves suites out whose program is missing, and says how to get that', async () => {
    const { code, lastLine, output } = await check({ 'test/a.chromium.test.ts': '' }, { PATH: '/nowhere' });
    expect({ code, lastLine }).toEqual({ code: 0, lastLine: '19 passed, 0 failed, 1 skipped' });
    expect(output).toContain('Not run:\n  test/a.chromium.test.ts needs chromium\n');
    expect(output).toContain('apt-get install --no-install-recommends chromium');
    expect(output).toMatch(/^jest .*--testPathIgnorePatterns=?.*a\\\.chromium/m);
  });

  it('fails them by name in CI, which skips nothing', async () => {
    const { code, lastLine, output } = await check(
      { 'test/a.chromium.test.ts': '' },
      { PATH: '/nowhere', CI: 'true' },
    );
    expect({ code, lastLine }).toEqual({ code: 1, lastLine: '19 passed, 1 failed' });
    expect(output).toContain('test/a.chromium.test.ts needs chromium');
  });
});
