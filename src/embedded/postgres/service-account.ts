/** PostgreSQL refuses to run as root. Started by root, it runs as `nobody`, which every system has. */
import { spawn } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { hasCode } from './process-table.js';

/** The user that PostgreSQL's processes and files belong to; undefined: the one that runs this process. */
export type ServiceAccount = { uid: number; gid: number } | undefined;

/** Nothing of this process's environment reaches PostgreSQL. */
export const MINIMAL_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** The account for a data directory: the owner of one that exists, else `nobody`; undefined unless run by root. */
export async function chooseServiceAccount(dataDirectory: string): Promise<ServiceAccount> {
  const self = process.getuid?.();
  const owner = await findOwner(dataDirectory);
  if (self !== 0) {
    if (owner && owner.uid !== self) throw notOurs(dataDirectory, owner.uid);
    return undefined;
  }
  return owner && owner.uid !== 0 ? owner : findNobody();
}

/** Whether the account can enter the folder and run the programs: asked of the kernel, not computed from modes. */
export async function canUse(
  account: ServiceAccount,
  nativeDirectory: string,
  directory: string,
): Promise<boolean> {
  if (!account) return true;
  const script =
    'cd "$2" && cd / && test -r "$1/share/postgresql/postgres.bki" && exec "$1/bin/postgres" --version';
  const child = spawn('/bin/sh', ['-c', script, 'sh', nativeDirectory, directory], {
    ...account,
    cwd: '/',
    env: MINIMAL_ENVIRONMENT,
    stdio: 'ignore',
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(cannotSwitch(account.uid, error)));
    child.once('exit', (code) => resolve(code === 0));
  });
}

async function findOwner(path: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

async function findNobody(): Promise<{ uid: number; gid: number }> {
  const passwd = await readFile('/etc/passwd', 'utf8');
  const fields = passwd
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === 'nobody');
  const [uid, gid] = [Number(fields?.[2]), Number(fields?.[3])];
  if (!fields || !(uid > 0) || !(gid > 0)) {
    throw new EmbeddedPostgresError(
      'no-account',
      'PostgreSQL does not run as root, and /etc/passwd has no usable user "nobody". ' +
        'Start Toolbox as an ordinary user, or set DATABASE_URL.',
    );
  }
  return { uid, gid };
}

function notOurs(dataDirectory: string, uid: number): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'unreachable-data',
    `The database in ${dataDirectory} belongs to the user with uid ${uid}, as whom (or as root) Toolbox was started before. ` +
      'Start it the same way again, or remove that folder to begin with an empty database.',
  );
}

function cannotSwitch(uid: number, cause: Error): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    'no-account',
    `PostgreSQL does not run as root, and this process may not start programs as uid ${uid}. ` +
      'Start Toolbox as an ordinary user, or set DATABASE_URL.',
    { cause },
  );
}
