/** PostgreSQL's own log file: one older file is kept, so that it never grows without end. */
import { open, rename, stat, type FileHandle } from 'node:fs/promises';
import { hasCode } from './process-table.js';

const MAX_BYTES = 10 * 1024 * 1024;

/** Opens the log for appending, beginning a new one when the old one is larger than 10 MB. */
export async function openServerLog(path: string): Promise<FileHandle> {
  if ((await sizeOf(path)) > MAX_BYTES) await rename(path, `${path}.1`);
  return open(path, 'a', 0o600);
}

/** What was written since `position`, at most its last 2,000 bytes. */
export async function readLogSince(path: string, position: number): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(position, size - 2000);
    const { buffer, bytesRead } = await file.read(
      Buffer.alloc(Math.max(0, size - start)),
      0,
      undefined,
      start,
    );
    return buffer.toString('utf8', 0, bytesRead).trim();
  } finally {
    await file.close();
  }
}

async function sizeOf(path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return 0;
    throw error;
  }
}
