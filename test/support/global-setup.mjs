// Jest resolves this file without moduleNameMapper, so the TypeScript behind it needs the loader first.
import '@swc-node/register/esm-register';

export default async function globalSetup() {
  await import('reflect-metadata');
  const { startTestServer } = await import('./test-server.ts');
  globalThis.toolboxTestServer = await startTestServer();
}
