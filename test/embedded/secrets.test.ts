import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DamagedSecretsError, loadOrCreateSecrets } from '../../src/embedded/secrets.js';
import { parseFernetKey } from '../../src/kernel/crypto/fernet.js';

let folder: string;
let state: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toolbox-secrets-'));
  state = join(folder, '.toolbox');
});
afterEach(() => rm(folder, { recursive: true }));

const mode = async (path: string) => (await stat(path)).mode & 0o777;
const file = () => join(state, 'secrets.json');

describe('generated secrets', () => {
  it('are random, strong and survive a restart', async () => {
    const secrets = await loadOrCreateSecrets(state);
    expect(Object.keys(secrets).sort()).toEqual(['dataEncryptionKey', 'jwtSecretKey', 'secretKey']);
    expect(parseFernetKey(secrets.dataEncryptionKey)).toHaveLength(32);
    expect(secrets.secretKey).toHaveLength(64);
    expect(secrets.secretKey).not.toBe(secrets.jwtSecretKey);
    expect(await loadOrCreateSecrets(state)).toEqual(secrets);
    expect(await loadOrCreateSecrets(join(folder, 'other'))).not.toEqual(secrets);
  });

  it('are readable by their owner only, also when the file was copied with wider rights', async () => {
    await loadOrCreateSecrets(state);
    expect([await mode(state), await mode(file())]).toEqual([0o700, 0o600]);
    await writeFile(join(folder, 'copy'), await readFile(file()));
    await rm(file());
    await writeFile(file(), await readFile(join(folder, 'copy')), { mode: 0o644 });
    await loadOrCreateSecrets(state);
    expect(await mode(file())).toBe(0o600);
  });

  it('are the same for all that start at once, and nothing else is left', async () => {
    for (let round = 0; round < 10; round += 1) {
      const directory = join(folder, `round ${round}`);
      const starts: Promise<unknown>[] = [];
      for (let n = 0; n < 20; n += 1) {
        starts.push(loadOrCreateSecrets(directory));
        // A few turns apart, some still write while the first have already read.
        await setImmediate();
      }
      const all = await Promise.all(starts);
      expect(new Set(all.map((each) => JSON.stringify(each))).size).toBe(1);
      expect(await readdir(directory)).toEqual(['secrets.json']);
    }
  });

  it.each([
    ['empty', () => ''],
    ['not JSON', (text: string) => text.slice(0, -10)],
    ['no object', () => 'null'],
    [
      'incomplete',
      (text: string) => JSON.stringify({ ...(JSON.parse(text) as object), secretKey: undefined }),
    ],
    ['cut off', (text: string) => text.replace(/"dataEncryptionKey": "..../, '"dataEncryptionKey": "')],
  ])(
    'that are %s are an error that says what deleting them loses, and are left as they are',
    async (_, damage) => {
      const { dataEncryptionKey, jwtSecretKey } = await loadOrCreateSecrets(state);
      const damaged = damage(await readFile(file(), 'utf8'));
      await writeFile(file(), damaged);
      const error: unknown = await loadOrCreateSecrets(state).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(DamagedSecretsError);
      expect(String(error)).toContain(file());
      expect(String(error)).toMatch(/delete the file.*signed out.*encrypted columns/s);
      for (const secret of [dataEncryptionKey, jwtSecretKey])
        expect(String(error)).not.toContain(secret.slice(0, 10));
      expect(await readFile(file(), 'utf8')).toBe(damaged);
    },
  );
});
