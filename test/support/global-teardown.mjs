export default async function globalTeardown() {
  await globalThis.toolboxTestServer?.stop();
}
