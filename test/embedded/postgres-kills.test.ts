import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.js';
import { readPostmasterFile } from '../../src/embedded/postgres/postmaster-file.js';
import { findProcess, findProcessesIn } from '../../src/embedded/postgres/process-table.js';

type Answer = { url: string } | { refused: string };

const ignore = () => undefined;

async function waitFor(what: string, isSo: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`Never saw that ${what}`);
    await delay(20);
  }
}

describe('a killed owner of the embedded PostgreSQL', () => {
  let stateDirectory: string;
  let dataDirectory: string;
  const owners: ChildProcess[] = [];

  beforeAll(async () => {
    stateDirectory = await mkdtemp(join(tmpdir(), 'toolbox-kills-'));
    dataDirectory = join(stateDirectory, 'postgres', 'data');
  });

  afterAll(async () => {
    owners.forEach((owner) => owner.kill('SIGKILL'));
    await waitFor('no server is left', async () => (await findProcessesIn(dataDirectory)).length === 0);
    await rm(stateDirectory, { recursive: true, force: true, maxRetries: 5 });
  });

  function startOwner(): { owner: ChildProcess; answer: Promise<Answer> } {
    const owner = fork(join(import.meta.dirname, 'postgres-owner.ts'), [stateDirectory], {
      execArgv: ['--import', '@swc-node/register/esm-register'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    owners.push(owner);
    return { owner, answer: once(owner, 'message').then(([message]) => message as Answer) };
  }

  async function end(owner: ChildProcess, signal: NodeJS.Signals): Promise<void> {
    const ended = once(owner, 'exit');
    owner.kill(signal);
    await ended;
  }

  /** The guardians of this folder's servers, by the command line they keep from before the server took over. */
  async function findGuardians(): Promise<number[]> {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const found = await Promise.all(pids.map((pid) => findProcess(pid)));
    return found.flatMap((it) =>
      it?.commandLine.includes(`toolbox-postgres ${dataDirectory}`) ? [it.pid] : [],
    );
  }

  it('of two that start at once one gets the server and the other is told who has it', async () => {
    const [first, second] = [startOwner(), startOwner()];
    const answers = await Promise.all([first.answer, second.answer]);
    const winner = 'url' in answers[0] ? first : second;
    const refusals = answers.flatMap((answer) => ('refused' in answer ? [answer.refused] : []));
    expect(refusals).toEqual([expect.stringContaining(`in use by process ${winner.owner.pid}`)]);
    await end(winner.owner, 'SIGTERM');
    expect(await findProcessesIn(dataDirectory)).toEqual([]);
  }, 20_000);

  it('takes its server along, which shuts down cleanly', async () => {
    const { owner, answer } = startOwner();
    await answer;
    await end(owner, 'SIGKILL');
    await waitFor('the server is gone', async () => (await findProcessesIn(dataDirectory)).length === 0);
    expect(await readFile(join(stateDirectory, 'postgres.log'), 'utf8')).toMatch(
      /database system is shut down\n$/,
    );
    await waitFor('the guardian is gone', async () => (await findGuardians()).length === 0);
  }, 20_000);

  it('even when the guardian died with it, leaves a server that the next start replaces', async () => {
    const { owner, answer } = startOwner();
    await answer;
    const server = (await readPostmasterFile(dataDirectory))?.pid ?? 0;
    (await findGuardians()).filter((pid) => pid !== server).forEach((pid) => process.kill(pid, 'SIGKILL'));
    await end(owner, 'SIGKILL');
    expect(await findProcess(server)).not.toBeNull();
    const warnings: object[] = [];
    const log = { info: ignore, warn: (fields: object) => warnings.push(fields) };
    const database = await startEmbeddedPostgres({ stateDirectory, log, settings: { fsync: 'off' } });
    expect(warnings).toEqual([{ pids: [server] }]);
    expect(await findProcess(server)).toBeNull();
    await database.stop();
    await waitFor('its guardian is gone', async () => (await findGuardians()).length === 0);
  }, 20_000);
});
