import { readFileSync } from 'node:fs';
import process from 'node:process';

const POLL_MS = 200;

/** Calls `onGone` once when the process that started this one has ended, however it was killed. */
export function watchParent(onGone) {
  const parent = process.ppid;
  // A changed parent is certain even when the pid has been used again.
  poll(() => process.ppid !== parent, onGone);
}

/**
 * The same for the npm that runs this script. npm has a shell in between, which dies of a SIGTERM that npm passes on
 * without telling anyone, and which survives npm when that is killed; the latter is only seen on Linux.
 */
export function watchNpm(onGone) {
  const parent = process.ppid;
  const npm = isShell(parent) ? parentOf(parent) : null;
  poll(() => process.ppid !== parent || (npm !== null && parentOf(parent) !== npm), onGone);
}

function poll(isGone, onGone) {
  const timer = setInterval(() => {
    if (!isGone()) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}

function isShell(pid) {
  return readProc(pid, 'cmdline')?.split('\0')[1] === '-c';
}

function parentOf(pid) {
  const stat = readProc(pid, 'stat');
  return stat && Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
}

function readProc(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return null; // ended, or not Linux
    throw error;
  }
}
