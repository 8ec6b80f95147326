/** The database cluster on disk: made once by initdb, complete or not there at all. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import type { Placement } from './placement.js';
import { findProcessesIn, hasCode, signal } from './process-table.js';
import { MINIMAL_ENVIRONMENT } from './service-account.js';

export interface Cluster {
  dataDirectory: string;
  password: string;
}

const INITDB_TIMEOUT_MS = 120_000;

/**
 * Opens the cluster, or makes it: UTF-8 with the built-in C.UTF-8 locale whatever the machine's, a random password,
 * SCRAM. It is made under another name and renamed when done, so an interrupted initdb leaves nothing to repair.
 * The caller holds the lock of the state folder.
 */
export async function openCluster(placement: Placement, options: { sync: boolean }): Promise<Cluster> {
  const { clusterDirectory } = placement;
  await removeDrafts(clusterDirectory);
  if (!(await exists(clusterDirectory))) await createCluster(placement, options.sync);
  const dataDirectory = join(clusterDirectory, 'data');
  return {
    dataDirectory,
    password: await readPassword(join(clusterDirectory, 'password'), clusterDirectory),
  };
}

async function createCluster(placement: Placement, sync: boolean): Promise<void> {
  const draft = `${placement.clusterDirectory}.${process.pid}.draft`;
  const password = randomBytes(24).toString('base64url');
  const passwordForInitdb = join(draft, 'initdb-password');
  await mkdir(draft, { recursive: true });
  await chmod(draft, 0o755);
  await mkdir(join(draft, 'data'), { mode: 0o700 });
  await writeFile(join(draft, 'password'), password, { mode: 0o600, flush: true });
  await writeFile(passwordForInitdb, password, { mode: 0o600 });
  if (placement.account) {
    const { uid, gid } = placement.account;
    await Promise.all([chown(join(draft, 'data'), uid, gid), chown(passwordForInitdb, uid, gid)]);
  }
  try {
    await initdb(placement, join(draft, 'data'), passwordForInitdb, sync);
  } finally {
    await rm(passwordForInitdb, { force: true });
  }
  await rename(draft, placement.clusterDirectory);
  if (sync) await syncDirectory(dirname(placement.clusterDirectory));
}

function initdb(
  placement: Placement,
  dataDirectory: string,
  passwordFile: string,
  sync: boolean,
): Promise<void> {
  const args = [
    `--pgdata=${dataDirectory}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    ...(sync ? [] : ['--no-sync']),
  ];
  const child = spawn(join(placement.binaries.nativeDirectory, 'bin', 'initdb'), args, {
    ...placement.account,
    cwd: dataDirectory,
    env: MINIMAL_ENVIRONMENT,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // Ctrl-C is for this process to act on
    timeout: INITDB_TIMEOUT_MS,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(initFailed(error.message, error)));
    child.once('close', (code, signalName) => {
      if (code === 0) resolve();
      else reject(initFailed(`it ended with ${signalName ?? code}: ${output.trim().slice(-2000)}`));
    });
  });
}

function initFailed(reason: string, cause?: Error): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'init-failed',
    `initdb could not make the embedded database: ${reason}. Correct that and start again; nothing has to be removed.`,
    { cause },
  );
}

async function readPassword(path: string, clusterDirectory: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (!hasCode(error, 'ENOENT', 'EACCES')) throw error;
    throw new EmbeddedPostgresError(
      'unreachable-data',
      `The password of the embedded database, ${path}, is missing or not readable. ` +
        `Put it back, or remove ${clusterDirectory} to begin with an empty database.`,
      { cause: error },
    );
  }
}

async function removeDrafts(clusterDirectory: string): Promise<void> {
  const parent = dirname(clusterDirectory);
  const isDraft = (name: string) =>
    name.startsWith(`${basename(clusterDirectory)}.`) && name.endsWith('.draft');
  for (const name of (await readdir(parent)).filter(isDraft)) {
    const draft = join(parent, name);
    // An initdb whose owner was killed goes on writing.
    (await findProcessesIn(join(draft, 'data'))).forEach((pid) => signal(pid, 'SIGKILL'));
    await rm(draft, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path);
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
