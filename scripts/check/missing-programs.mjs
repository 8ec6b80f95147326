import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import process from 'node:process';
import { inProject } from '../lib/paths.mjs';

/** `test/…/x.redis.test.ts` needs redis-server, and so on. */
const programs = {
  redis: { program: 'redis-server', debianPackage: 'redis-server' },
  clamd: { program: 'clamd', debianPackage: 'clamav-daemon' },
  chromium: { program: 'chromium', debianPackage: 'chromium' },
};

/** Test files whose program is not installed here: `{ file, program, debianPackage }`. */
export function findSuitesWithout(isInstalled = isOnPath, files = testFiles()) {
  return files.flatMap((file) => {
    const need = programs[/\.([a-z]+)\.test\.ts$/.exec(file)?.[1] ?? ''];
    return need && !isInstalled(need.program) ? [{ file, ...need }] : [];
  });
}

function testFiles() {
  if (!existsSync(inProject('test'))) return [];
  return readdirSync(inProject('test'), { recursive: true })
    .filter((path) => path.endsWith('.test.ts'))
    .map((path) => join('test', path))
    .sort();
}

function isOnPath(program) {
  // Debian puts daemons into sbin, which is not on every user's PATH.
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin'];
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false; // not in this folder
    }
  });
}
