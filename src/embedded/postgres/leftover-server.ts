/** What an earlier run left behind: a server without an owner, backends without a server, or a stale lock file. */
import { realpath, rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { postmasterFilePath, readPostmasterFile } from './postmaster-file.js';
import { findProcess, findProcessesIn, hasCode, signal } from './process-table.js';

/** Fast, immediate, killed: with how long each is given. Committed transactions survive all three. */
const STEPS = [
  ['SIGINT', 4000],
  ['SIGQUIT', 2000],
  ['SIGKILL', 1000],
] as const;

/**
 * Makes the data directory free for a new server. The caller holds the lock of the state folder, so whatever still
 * runs there has no owner. PostgreSQL's lock file is only removed when nothing works in the directory any more: it is
 * what keeps a second server away from the shared memory of backends that are still ending.
 */
export async function clearLeftovers(dataDirectory: string): Promise<{ stopped: number[] }> {
  const directory = await realpath(dataDirectory);
  const stopped = new Set<number>();
  const server = await findServer(directory);
  if (server !== null) {
    stopped.add(server);
    await end(async () => ((await findServer(directory)) === server ? [server] : []));
  }
  const backends = await findProcessesIn(directory);
  if (backends.length > 0) {
    backends.forEach((pid) => stopped.add(pid));
    await end(() => findProcessesIn(directory));
  }
  await removeStaleFile(directory);
  return { stopped: [...stopped] };
}

/** The pid of a server that runs on this data directory, whoever started it. */
async function findServer(directory: string): Promise<number | null> {
  const file = await readPostmasterFile(directory);
  const found = file && (await findProcess(file.pid));
  if (!found) return null;
  const works = (await findProcessesIn(directory)).includes(found.pid);
  return works || isServerOf(found.commandLine, directory) ? found.pid : null;
}

function isServerOf(commandLine: string, directory: string): boolean {
  const [program = '', ...rest] = commandLine.split(' -D ');
  return program.endsWith('/bin/postgres') && rest.join(' -D ').startsWith(`${directory} `);
}

async function end(remaining: () => Promise<number[]>): Promise<void> {
  for (const [name, patienceMs] of STEPS) {
    (await remaining()).forEach((pid) => signal(pid, name));
    const deadline = Date.now() + patienceMs;
    while ((await remaining()).length > 0 && Date.now() < deadline) await delay(20);
    if ((await remaining()).length === 0) return;
  }
}

/**
 * PostgreSQL believes a lock file whose pid is alive, even when another program has that pid by now, and refuses an
 * empty one. A file whose pid is dead is left to PostgreSQL, which also checks the shared memory it names.
 */
async function removeStaleFile(directory: string): Promise<void> {
  const file = await readPostmasterFile(directory);
  if (!file) return;
  const isForeign = Number.isNaN(file.pid) || isAlive(file.pid);
  if (isForeign && (await findServer(directory)) === null)
    await rm(postmasterFilePath(directory), { force: true });
}

/** As PostgreSQL asks it: a zombie and another user's process count. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
}
