/** What the operating system knows of a process; enough to tell a reused pid from the process once meant. */
import { execFile } from 'node:child_process';
import { readdir, readFile, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface ProcessInfo {
  pid: number;
  /** Opaque; two processes that share a pid never share it (start time, and the boot on Linux). */
  identity: string;
  commandLine: string;
}

/** The running process with this pid, or null. A zombie counts as gone: it holds no file and no socket. */
export async function findProcess(pid: number): Promise<ProcessInfo | null> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return null;
  return process.platform === 'linux' ? findInProc(pid) : findWithPs(pid);
}

async function findInProc(pid: number): Promise<ProcessInfo | null> {
  try {
    const [stat, commandLine, bootId] = await Promise.all([
      readFile(`/proc/${pid}/stat`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
    ]);
    // The second field is the program's name in brackets and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X' || startTicks === undefined) return null;
    return {
      pid,
      identity: `${startTicks}@${bootId.trim()}`,
      commandLine: commandLine.replaceAll('\0', ' ').trim(),
    };
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
}

async function findWithPs(pid: number): Promise<ProcessInfo | null> {
  try {
    const { stdout } = await run(
      'ps',
      ['-o', 'stat=', '-o', 'lstart=', '-o', 'command=', '-p', String(pid)],
      {
        env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
      },
    );
    // Ss   Thu Nov 20 08:44:01 2025 /usr/bin/program arguments
    const match = /^(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(stdout.trim());
    if (!match?.[2] || match[1]?.startsWith('Z')) return null;
    return { pid, identity: match[2], commandLine: match[3] ?? '' };
  } catch (error) {
    // ps answers 1 when there is no such process.
    if (hasCode(error, '1')) return null;
    throw error;
  }
}

/**
 * Pids of the processes that work in a folder (its real path). Every PostgreSQL process has its data directory as
 * working directory, so this also finds backends that outlive a killed postmaster. Linux only; empty elsewhere.
 */
export async function findProcessesIn(directory: string): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        if ((await readlink(`/proc/${pid}/cwd`)) !== directory) return null;
        return (await findProcess(pid)) === null ? null : pid;
      } catch (error) {
        if (isGone(error) || hasCode(error, 'EACCES', 'EPERM')) return null; // another user's process, so not ours
        throw error;
      }
    }),
  );
  return found.filter((pid) => pid !== null);
}

/** Sends a signal; a process that has already gone is no error. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

/** Whether a system call failed in one of these ways; also for errors of another realm, as `instanceof` is not. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}

function isGone(error: unknown): boolean {
  return hasCode(error, 'ENOENT', 'ESRCH');
}
