/** What `npm run <name>` does: arguments for Node, from the project's folder. */

const swc = ['--enable-source-maps', '--import', '@swc-node/register/esm-register'];
const program = (...args) => ['--enable-source-maps', 'dist/src/main.js', ...args];
const jest = [
  '--experimental-vm-modules',
  '--disable-warning=ExperimentalWarning',
  'node_modules/jest/bin/jest.js',
];

/** `needsBuild`: dist/ is brought up to date first. An entry without a command only installs and builds. */
export const entries = {
  start: { needsBuild: true, command: (args) => program(...(args.length > 0 ? args : ['all'])) },
  dev: { command: (args) => ['scripts/lib/watch.mjs', ...swc, 'src/main.ts', ...args] },
  build: { needsBuild: true },
  test: { needsBuild: true, command: (args) => ['scripts/check.mjs', ...args] },
  jest: { command: (args) => [...jest, '--config', 'jest.config.js', ...args] },
  demo: { command: (args) => [...swc, 'scripts/demo.ts', ...args] },
  schema: { needsBuild: true, command: (args) => program('schema', ...args) },
  codegen: {
    command: (args) => ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts', ...args],
  },
  migrate: { needsBuild: true, command: (args) => program('migrate', ...args) },
  keys: { needsBuild: true, command: (args) => program('keys', ...args) },
  lint: { command: (args) => ['node_modules/eslint/bin/eslint.js', ...(args.length > 0 ? args : ['.'])] },
  format: {
    command: (args) => [
      'node_modules/prettier/bin/prettier.cjs',
      '--write',
      ...(args.length > 0 ? args : ['.']),
    ],
  },
  types: { command: (args) => ['node_modules/ts7/bin/tsc', '-p', 'tsconfig.json', ...args] },
  bench: {
    needsBuild: true,
    command: (args) => ['--import', 'reflect-metadata', ...swc, 'bench/run.ts', ...args],
  },
};
