const minutes = (count) => count * 60_000;

/** The checks beside the suite: a name for the report, arguments for Node. Their order is the order of starting. */
export const checks = [
  { name: 'format', args: ['node_modules/prettier/bin/prettier.cjs', '--check', '.'], timeoutMs: minutes(3) },
  { name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '.'], timeoutMs: minutes(5) },
  { name: 'types', args: ['node_modules/ts7/bin/tsc', '-p', 'tsconfig.json'], timeoutMs: minutes(3) },
  {
    name: 'dependency rules',
    args: [
      'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
      '--config',
      '.dependency-cruiser.cjs',
      'src',
      'migrations',
    ],
    timeoutMs: minutes(3),
  },
  {
    name: 'schema.graphql is up to date',
    args: ['dist/src/main.js', 'schema', '--check'],
    timeoutMs: minutes(1),
  },
  {
    name: 'no breaking change of the released schema',
    args: ['scripts/check-schema-changes.mjs'],
    timeoutMs: minutes(1),
  },
  {
    name: 'mail templates are compiled',
    args: ['scripts/build-mail-templates.mjs', '--check'],
    timeoutMs: minutes(1),
  },
  {
    name: 'generated types are up to date',
    args: ['node_modules/@graphql-codegen/cli/esm/bin.js', '--config', 'codegen.ts', '--check'],
    timeoutMs: minutes(2),
  },
  {
    name: 'migrations are in step with the entities',
    args: ['dist/src/main.js', 'migrate', 'check'],
    timeoutMs: minutes(2),
  },
];
