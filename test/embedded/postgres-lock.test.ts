import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { findLockOwner, takeLock } from '../../src/embedded/postgres/state-lock.js';

describe('the lock of a state folder', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolbox-lock-'));
    path = join(folder, 'lock');
  });

  afterEach(() => rm(folder, { recursive: true }));

  const deadOwners = {
    'whose pid nobody has': { pid: 2 ** 22 + 1, identity: '1@boot', nonce: 'dead', name: 'x', since: '' },
    'whose pid another process has by now': {
      pid: process.pid,
      identity: '1@boot',
      nonce: 'dead',
      name: 'x',
      since: '',
    },
  };

  it.each(Object.entries(deadOwners))('passes from an owner %s to exactly one of many', async (_, owner) => {
    await writeFile(path, JSON.stringify(owner));
    // One after the other while the first is still at it: each finds another moment of the take-over.
    const starts: ReturnType<typeof takeLock>[] = [];
    for (let index = 0; index < 200; index++) {
      starts.push(takeLock(path, `start ${index}`));
      await setImmediate();
    }
    const results = await Promise.all(starts);
    expect(results.filter((result) => !('heldBy' in result))).toHaveLength(1);
    const holder = await findLockOwner(path);
    expect(results.flatMap((result) => ('heldBy' in result ? [result.heldBy.name] : []))).toEqual(
      Array.from({ length: 199 }, () => holder?.name),
    );
  });

  it('passes on from a file that was cut off', async () => {
    await writeFile(path, '{"pid": 1');
    expect(await takeLock(path, 'a start')).not.toHaveProperty('heldBy');
  });

  it('is free again once released, and leaves no file', async () => {
    const lock = await takeLock(path, 'a start');
    if ('heldBy' in lock) throw new Error('The lock of a new folder is free');
    expect(await takeLock(path, 'another')).toMatchObject({ heldBy: { pid: process.pid, name: 'a start' } });
    await lock.release();
    expect(await readdir(folder)).toEqual([]);
  });
});
