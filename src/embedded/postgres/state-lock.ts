/**
 * A lock file that names its owner, for a folder that one process may use at a time.
 *
 * The file appears complete (a hard link of a finished file) and is only ever replaced by the process that holds the
 * lock named after the dead owner's nonce, so of any number of starts that find a dead owner exactly one wins.
 */
import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { findProcess, hasCode } from './process-table.js';

export interface LockOwner {
  pid: number;
  /** See {@link ProcessInfo.identity}: tells a reused pid from the owner. */
  identity: string;
  nonce: string;
  name: string;
  since: string;
}

export interface StateLock {
  release(): Promise<void>;
}

/** Takes the lock, or answers who holds it. A lock whose owner is dead is taken over. */
export async function takeLock(path: string, name: string): Promise<StateLock | { heldBy: LockOwner }> {
  const self = await findProcess(process.pid);
  const me: LockOwner = {
    pid: process.pid,
    identity: self?.identity ?? 'unknown',
    nonce: randomBytes(8).toString('hex'),
    name,
    since: new Date().toISOString(),
  };
  const draft = `${path}.${me.nonce}.draft`;
  await writeFile(draft, JSON.stringify(me), { mode: 0o644 });
  try {
    const holder = await acquire(path, draft, me);
    if (holder.nonce !== me.nonce) return { heldBy: holder };
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => release(path, me) };
}

/** The living owner of a lock, or null when it is free or its owner is dead. */
export async function findLockOwner(path: string): Promise<LockOwner | null> {
  const owner = await read(path);
  return owner && (await isAlive(owner)) ? owner : null;
}

async function acquire(path: string, draft: string, me: LockOwner): Promise<LockOwner> {
  for (;;) {
    if (await tryLink(draft, path)) return me;
    const owner = await read(path);
    if (!owner) continue;
    if (await isAlive(owner)) return owner;
    const guard = `${path}.${owner.nonce}`;
    const guardHolder = await acquire(guard, draft, me);
    if (guardHolder.nonce !== me.nonce) {
      await delay(10); // another start is taking over; the next look finds it as the owner
      continue;
    }
    const replaced = (await read(path))?.nonce === owner.nonce;
    if (replaced) await replace(draft, path, me);
    await rm(guard, { force: true });
    if (replaced) return me;
  }
}

async function replace(draft: string, path: string, me: LockOwner): Promise<void> {
  const next = `${draft}.next`;
  // Not the draft itself: it may be linked as the guard, and rename does nothing between two links of one file.
  await writeFile(next, JSON.stringify(me), { mode: 0o644 });
  await rename(next, path);
}

async function release(path: string, me: LockOwner): Promise<void> {
  if ((await read(path))?.nonce === me.nonce) await rm(path, { force: true });
}

async function tryLink(draft: string, path: string): Promise<boolean> {
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function read(path: string): Promise<LockOwner | null> {
  try {
    return parseOwner(await readFile(path, 'utf8'));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

/** Unreadable contents (a full disk, a copied folder) belong to nobody alive. */
function parseOwner(text: string): LockOwner {
  const nobody: LockOwner = { pid: 0, identity: '', nonce: 'unreadable', name: '', since: '' };
  try {
    return { ...nobody, ...(JSON.parse(text) as Partial<LockOwner>) };
  } catch (error) {
    if (error instanceof SyntaxError) return nobody;
    throw error;
  }
}

async function isAlive(owner: LockOwner): Promise<boolean> {
  return (await findProcess(owner.pid))?.identity === owner.identity;
}
