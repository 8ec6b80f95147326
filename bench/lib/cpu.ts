import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second of /proc (USER_HZ), 100 on every Linux that Node runs on. */
const ticksPerSecond = 100;

interface ProcessStat {
  parent: number;
  ticks: number;
  residentPages: number;
}

function readStat(pid: number): ProcessStat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may hold spaces: fields are counted behind it.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return {
      parent: Number(fields[1]),
      ticks: Number(fields[11]) + Number(fields[12]),
      residentPages: Number(fields[21]),
    };
  } catch {
    return null; // it has ended in between
  }
}

function family(root: number): number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const stat = Number.isInteger(pid) ? readStat(pid) : null;
    if (stat) parents.set(pid, stat.parent);
  }
  const members = [root];
  for (const member of members) for (const [pid, parent] of parents) if (parent === member) members.push(pid);
  return members;
}

/** CPU time in microseconds that processes and their living children have used so far. */
export function cpuOf(pids: number[]): number {
  const members = new Set(pids.flatMap(family));
  let ticks = 0;
  for (const pid of members) ticks += readStat(pid)?.ticks ?? 0;
  return (ticks * 1_000_000) / ticksPerSecond;
}

/** Resident memory of one process, in megabytes. */
export function residentMb(pid: number): number {
  return ((readStat(pid)?.residentPages ?? 0) * 4096) / 1_000_000;
}
