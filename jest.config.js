/** @type {import('jest').Config} */
export default {
  rootDir: '.',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: true }] },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
  maxWorkers: 2,
  workerIdleMemoryLimit: '700MB',
  testTimeout: 20_000,
  collectCoverageFrom: [
    'src/**/*.ts',
    '!src/**/*.generated.ts',
    // Run as programs of their own by the journeys, where coverage is not counted.
    '!src/main.ts',
    '!src/app/commands/**',
    '!src/app/shutdown.ts',
    '!src/app/serve.ts',
    '!src/app/stand-ins.ts',
  ],
  coverageProvider: 'v8',
  coverageReporters: ['text-summary', 'lcovonly'],
  coverageThreshold: { global: { lines: 80, branches: 80 } },
};
