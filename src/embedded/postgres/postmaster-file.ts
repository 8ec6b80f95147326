/** PostgreSQL's own lock file, `postmaster.pid`: one value a line (src/include/utils/pidfile.h). */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hasCode } from './process-table.js';

export interface PostmasterFile {
  /** NaN when the file is empty or damaged. */
  pid: number;
  port: number;
  isReady: boolean;
}

export function postmasterFilePath(dataDirectory: string): string {
  return join(dataDirectory, 'postmaster.pid');
}

export async function readPostmasterFile(dataDirectory: string): Promise<PostmasterFile | null> {
  try {
    const lines = (await readFile(postmasterFilePath(dataDirectory), 'utf8')).split('\n');
    return {
      pid: Number.parseInt(lines[0] ?? '', 10),
      port: Number(lines[3]),
      isReady: lines[7]?.trim() === 'ready',
    };
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}
