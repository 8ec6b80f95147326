/**
 * One process at a time installs and builds; the others wait for it.
 *
 * The lock is a file that names its owner and, while one runs, the program working for it. It is a hard link of a
 * finished file, and only whoever holds the lock named after a dead owner's nonce may replace that owner, so exactly
 * one of many takes over. (src/embedded/postgres/state-lock.ts does the same; this has to run before a build.)
 */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { inProject } from './paths.mjs';

// Outside of node_modules, which `npm ci` empties.
const folder = inProject('.toolbox');
const path = inProject('.toolbox', 'install.lock');
let mine = null;

/** Runs `work` while holding the lock, waiting for another owner as long as that lives. */
export async function withLock(work) {
  mkdirSync(folder, { recursive: true });
  mine = describeOwner();
  const draft = `${path}.${mine.nonce}.draft`;
  writeFileSync(draft, JSON.stringify(mine));
  try {
    for (let saidBy = null; ; await delay(200)) {
      const owner = acquire(path, draft);
      if (owner.nonce === mine.nonce) break;
      if (saidBy !== owner.nonce)
        process.stderr.write(`Waiting for process ${owner.pid}, which is installing or building.\n`);
      saidBy = owner.nonce;
    }
  } finally {
    rmSync(draft, { force: true });
  }
  try {
    return await work();
  } finally {
    if (read(path)?.nonce === mine.nonce) rmSync(path, { force: true });
    mine = null;
  }
}

/** Names the program that works for the owner: when the owner alone is killed, the lock holds until it ends too. */
export function nameWorker(pid) {
  if (mine) replace(path, { ...mine, worker: { pid, identity: identify(pid) } });
}

function acquire(lock, draft) {
  for (;;) {
    if (tryLink(draft, lock)) return mine;
    const owner = read(lock);
    if (!owner) continue;
    if (isAlive(owner) || (owner.worker && isAlive(owner.worker))) return owner;
    const guard = `${lock}.${owner.nonce}`;
    const guardOwner = acquire(guard, draft);
    if (guardOwner.nonce !== mine.nonce) return guardOwner;
    const isStillDead = read(lock)?.nonce === owner.nonce;
    if (isStillDead) replace(lock, mine);
    rmSync(guard, { force: true });
    if (isStillDead) return mine;
  }
}

function replace(lock, owner) {
  // Not a link of the draft: renaming one link of a file over another does nothing.
  const next = `${path}.${owner.nonce}.next`;
  writeFileSync(next, JSON.stringify(owner));
  renameSync(next, lock);
}

function tryLink(draft, lock) {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

function read(lock) {
  try {
    return JSON.parse(readFileSync(lock, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    if (error instanceof SyntaxError) return { pid: 0, identity: '', nonce: 'unreadable' };
    throw error;
  }
}

function describeOwner() {
  return { pid: process.pid, identity: identify(process.pid), nonce: randomBytes(8).toString('hex') };
}

function isAlive({ pid, identity }) {
  const found = pid > 0 ? identify(pid) : null;
  return found !== null && found === identity;
}

/** Tells a process from a later one with the same pid; null when there is none, or only a zombie. */
function identify(pid) {
  try {
    if (process.platform === 'linux') {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
      return 'ZX'.includes(fields[0]) ? null : `${fields[19]}@${boot}`;
    }
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ESRCH' || error.status === 1) return null;
    throw error;
  }
}
