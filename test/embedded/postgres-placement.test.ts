import { chmod, lstat, mkdir, mkdtemp, readdir, rm, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyBinaries, findBinaries } from '../../src/embedded/postgres/binaries.js';
import { place } from '../../src/embedded/postgres/placement.js';
import { canUse } from '../../src/embedded/postgres/service-account.js';

const isRoot = process.getuid?.() === 0;

describe('the place of the embedded PostgreSQL', () => {
  let folder: string;
  let project: string;
  let stateDirectory: string;
  let sharedRoot: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolbox-place-'));
    await chmod(folder, 0o755);
    project = join(folder, 'project');
    stateDirectory = join(project, '.toolbox');
    sharedRoot = join(folder, 'shared');
    await mkdir(stateDirectory, { recursive: true });
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('is the state folder of the project, also when only its owner may look into that', async () => {
    await chmod(stateDirectory, 0o700);
    const placement = await place(stateDirectory, sharedRoot);
    expect(placement).toMatchObject({ clusterDirectory: join(stateDirectory, 'postgres') });
    expect(placement.elsewhereBecause).toBeUndefined();
    expect(await canUse(placement.account, placement.binaries.nativeDirectory, stateDirectory)).toBe(true);
  });

  it('makes the links that npm cannot pack when the install script did not', async () => {
    const copy = await copyBinaries(await findBinaries(stateDirectory), sharedRoot);
    const link = join(copy.nativeDirectory, 'lib', 'libpq.so.5');
    expect((await lstat(link)).isSymbolicLink()).toBe(true);
    await unlink(link);
    const again = await copyBinaries(copy, join(stateDirectory, 'again'));
    expect(await canUse(undefined, again.nativeDirectory, stateDirectory)).toBe(true);
    expect((await lstat(join(again.nativeDirectory, 'lib', 'libpq.so.5'))).isSymbolicLink()).toBe(true);
  });

  (isRoot ? describe : describe.skip)('for root', () => {
    it('is a shared folder when the project is closed to nobody, and it says which folder is', async () => {
      await chmod(project, 0o700);
      const placement = await place(stateDirectory, sharedRoot);
      expect(placement.clusterDirectory.startsWith(`${sharedRoot}/`)).toBe(true);
      expect(placement.elsewhereBecause).toContain(`${project} is closed`);
      expect(await canUse(placement.account, placement.binaries.nativeDirectory, sharedRoot)).toBe(true);
      expect(await readdir(stateDirectory)).toEqual([]);
    });

    it('stays where the data is when the project is opened later', async () => {
      await chmod(project, 0o700);
      const first = await place(stateDirectory, sharedRoot);
      await mkdir(first.clusterDirectory);
      await chmod(project, 0o755);
      const second = await place(stateDirectory, sharedRoot);
      expect(second.clusterDirectory).toBe(first.clusterDirectory);
      expect(second.elsewhereBecause).toContain('an earlier start put it there');
    });

    it('is not a new empty database when the project is closed after it got one', async () => {
      await mkdir(join(stateDirectory, 'postgres'));
      await chmod(project, 0o700);
      await expect(place(stateDirectory, sharedRoot)).rejects.toMatchObject({ code: 'unreachable-data' });
    });
  });
});
