/** Where the programs and the data live, and as whom the server runs. */
import { createHash } from 'node:crypto';
import { chmod, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { copyBinaries, findBinaries, type PostgresBinaries } from './binaries.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { hasCode } from './process-table.js';
import { canUse, chooseServiceAccount, type ServiceAccount } from './service-account.js';

export interface Placement {
  binaries: PostgresBinaries;
  account: ServiceAccount;
  /** Holds `data/` and `password`; appears at once, when a cluster is complete. */
  clusterDirectory: string;
  /** Set when the project's folder is closed to the server's user, so that its data is elsewhere. */
  elsewhereBecause?: string;
}

const SHARED_ROOT = '/var/lib/toolbox';

/** Decides from what is there; `stateDirectory` must exist and be a real path. */
export async function place(stateDirectory: string, sharedRoot = SHARED_ROOT): Promise<Placement> {
  const clusterDirectory = join(stateDirectory, 'postgres');
  const account = await chooseServiceAccount(join(clusterDirectory, 'data'));
  if (account) await letThrough(stateDirectory);
  const binaries = await findBinaries(stateDirectory);
  const nativeDirectory = await realpath(binaries.nativeDirectory);
  const elsewhere = await placeElsewhere(stateDirectory, sharedRoot);
  const isElsewhereAlready =
    account !== undefined && (await exists(elsewhere)) && !(await exists(clusterDirectory));
  if (!isElsewhereAlready && (await canUse(account, nativeDirectory, stateDirectory))) {
    return { binaries, account, clusterDirectory };
  }
  return moveElsewhere(clusterDirectory, elsewhere, binaries, sharedRoot);
}

async function moveElsewhere(
  clusterDirectory: string,
  elsewhere: string,
  binaries: PostgresBinaries,
  sharedRoot: string,
): Promise<Placement> {
  const closed =
    (await firstClosedParent(clusterDirectory)) ?? (await firstClosedParent(binaries.nativeDirectory));
  const reason = closed
    ? `${closed} is closed to the user that PostgreSQL runs as (it does not run as root)`
    : 'an earlier start put it there';
  const clusterExists = await exists(clusterDirectory);
  await mkdirOpen(sharedRoot);
  await mkdirOpen(dirname(elsewhere));
  const copied = await copyBinaries(binaries, sharedRoot);
  const account = await chooseServiceAccount(join(clusterExists ? clusterDirectory : elsewhere, 'data'));
  // Only the programs were out of reach (node_modules closed, say): the data may stay.
  if (clusterExists && (await canUse(account, copied.nativeDirectory, clusterDirectory))) {
    return { binaries: copied, account, clusterDirectory };
  }
  if (clusterExists) throw dataOutOfReach(clusterDirectory, elsewhere, reason);
  if (!(await canUse(account, copied.nativeDirectory, dirname(elsewhere)))) {
    throw new EmbeddedPostgresError(
      'unreachable-data',
      `${reason}, and neither can it use ${sharedRoot}. Start Toolbox as an ordinary user, or set DATABASE_URL.`,
    );
  }
  return { binaries: copied, account, clusterDirectory: elsewhere, elsewhereBecause: reason };
}

function dataOutOfReach(clusterDirectory: string, elsewhere: string, reason: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'unreachable-data',
    `There is a database in ${clusterDirectory}, but ${reason}. ` +
      `Open the folder again (chmod o+x), or move the database: mv "${clusterDirectory}" "${elsewhere}".`,
  );
}

async function placeElsewhere(stateDirectory: string, sharedRoot: string): Promise<string> {
  const project = createHash('sha256')
    .update(dirname(await realpath(stateDirectory)))
    .digest('hex')
    .slice(0, 16);
  return join(sharedRoot, project, 'postgres');
}

/** The state folder holds files of mode 0600; the server's user only has to pass through it. */
async function letThrough(stateDirectory: string): Promise<void> {
  const { mode, uid } = await stat(stateDirectory);
  if (uid === 0 && !(mode & 0o001)) await chmod(stateDirectory, (mode & 0o777) | 0o011);
}

async function firstClosedParent(path: string): Promise<string | null> {
  const parent = dirname(path);
  const closed = parent === path ? null : await firstClosedParent(parent);
  if (closed) return closed;
  return (await exists(path)) && !((await stat(path)).mode & 0o001) ? path : null;
}

/** A folder that everybody may pass through, whatever the umask. */
async function mkdirOpen(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return false;
    throw error;
  }
}
