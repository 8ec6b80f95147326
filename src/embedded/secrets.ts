import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** The secrets that a development machine makes for itself. */
export interface GeneratedSecrets {
  /** Derives verification, invitation and refresh tokens. */
  secretKey: string;
  /** Signs access tokens (HS256). */
  jwtSecretKey: string;
  /** Encrypts sensitive columns: 32 bytes in base64url, padded, as Fernet keys are written. */
  dataEncryptionKey: string;
}

const names = ['secretKey', 'jwtSecretKey', 'dataEncryptionKey'] as const;

/** `secrets.json` is there and cannot be used. It is never made anew by itself, as that would lose data. */
export class DamagedSecretsError extends Error {
  override readonly name = 'DamagedSecretsError';

  constructor(path: string, what: string, options?: ErrorOptions) {
    super(
      `${path} ${what}. Put back a copy of it. If there is none, delete the file and start again: new secrets are made, ` +
        'everybody is signed out, links that were mailed stop working, and encrypted columns (second factors, ' +
        'credentials) cannot be read any more.',
      options,
    );
  }
}

/**
 * Reads `<stateDirectory>/secrets.json`, or makes it (mode 0600) with random secrets. The folder is made with mode
 * 0700; one that exists keeps its mode, as the embedded database may have to pass through it as another user.
 * Of two processes that start at once, one makes the file and both use it.
 * Throws DamagedSecretsError when the file is there but incomplete or not JSON.
 */
export async function loadOrCreateSecrets(stateDirectory: string): Promise<GeneratedSecrets> {
  const path = join(stateDirectory, 'secrets.json');
  const existing = await readSecrets(path);
  if (existing) return existing;
  await mkdir(stateDirectory, { recursive: true, mode: 0o700 });
  await createOnce(path, `${JSON.stringify(generateSecrets(), null, 2)}\n`);
  const made = await readSecrets(path);
  if (!made) throw new Error(`${path} was removed while it was being made. Start again.`);
  return made;
}

function generateSecrets(): GeneratedSecrets {
  return {
    secretKey: randomBytes(48).toString('base64url'),
    jwtSecretKey: randomBytes(48).toString('base64url'),
    dataEncryptionKey: `${randomBytes(32).toString('base64url')}=`,
  };
}

async function readSecrets(path: string): Promise<GeneratedSecrets | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  // Somebody may have copied the file here with wider rights.
  await chmod(path, 0o600);
  return parseSecrets(text, path);
}

function parseSecrets(text: string, path: string): GeneratedSecrets {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // The parser's message is left out: it quotes the text, which is secret.
    throw new DamagedSecretsError(path, 'is not JSON');
  }
  const fields = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>;
  const damaged = names.filter((name) => !isSecret(name, fields[name]));
  if (damaged.length > 0)
    throw new DamagedSecretsError(path, `is damaged: ${damaged.join(', ')} missing or cut off`);
  return Object.freeze(fields as unknown as GeneratedSecrets);
}

function isSecret(name: (typeof names)[number], value: unknown): boolean {
  if (typeof value !== 'string') return false;
  return name === 'dataEncryptionKey' ? /^[\w-]{43}=$/.test(value) : /^[\w-]{64}$/.test(value);
}

/**
 * Writes the whole text into a file of its own, brings it to the disk, and only then gives it the final name.
 * A hard link is made instead of a rename because it fails when the name exists: the first of two writers wins, and
 * the second does not replace secrets that the first has begun to use.
 */
async function createOnce(path: string, text: string): Promise<void> {
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await writeDurably(temporary, text);
    await link(temporary, path);
    await syncDirectory(dirname(path));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
