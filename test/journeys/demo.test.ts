import path from 'node:path';
import {
  createScratchDirectory,
  findFreePort,
  findProcessesOf,
  spawnScript,
  spawnToolbox,
  waitUntilServing,
  type ToolboxProcess,
} from './toolbox-process.js';
import { waitFor } from '../support/wait-for.js';

describe('the demo against `all` on an empty state folder', () => {
  let scratch: Awaited<ReturnType<typeof createScratchDirectory>>;
  let toolbox: ToolboxProcess;
  let url: string;

  beforeAll(async () => {
    scratch = await createScratchDirectory();
    const port = await findFreePort();
    url = `http://localhost:${port}`;
    const env = { PORT: String(port), TOOLBOX_STATE_DIR: path.join(scratch.directory, 'state') };
    toolbox = await spawnToolbox(['all'], { env });
    await waitUntilServing(toolbox, url);
  }, 30_000);

  afterAll(async () => {
    toolbox.kill('SIGKILL');
    await waitFor(async () => (await findProcessesOf(scratch.directory)).length === 0, { timeoutMs: 10_000 });
    await scratch.remove();
  });

  it('plays every step', async () => {
    const demo = await spawnScript('scripts/demo.ts', { env: { TOOLBOX_URL: url } }).ended;
    expect(demo).toMatchObject({ code: 0, err: '' });
    expect(demo.out.trim().split('\n')).toEqual([
      expect.stringMatching(/^✔ registered demo-\w+@example\.com$/),
      '✔ the verification mail arrived in the mail catcher',
      '✔ verified the address',
      '✔ signed in',
      expect.stringMatching(/^✔ created /),
      '✔ subscribed to environment changes',
      '✔ created, edited and listed environments from a second connection',
      '✔ each change arrived live',
      '✔ came back with the cursor and received exactly what was missed',
      '✔ signed out',
    ]);
  }, 30_000);

  it('says what runs where, and a first query that works as printed', async () => {
    expect(toolbox.output()).toContain(
      `embedded PostgreSQL, data in ${scratch.directory}/state/postgres/data`,
    );
    const query = /-d '(\{.*\})'/.exec(toolbox.output())?.[1];
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: query ?? '',
    });
    const { data } = (await response.json()) as { data: { errorCodes: object[] } };
    expect(data.errorCodes.length).toBeGreaterThan(5);
  });

  it('ends cleanly on SIGTERM and leaves no process', async () => {
    toolbox.kill('SIGTERM');
    const { code, signal, err } = await toolbox.ended;
    expect({ code, signal, err }).toEqual({ code: 0, signal: null, err: '' });
    expect(await findProcessesOf(scratch.directory)).toEqual([]);
  });
});
