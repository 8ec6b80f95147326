import { randomBytes } from 'node:crypto';
import { generateKey } from '../../kernel/crypto/fernet.js';
import { createKeyRing } from '../../kernel/crypto/key-ring.js';
import { loadOrCreateSecrets } from '../../embedded/secrets.js';
import { loadConfig, type Config } from '../config.js';
import { ExitCode, print, UsageError } from './command.js';

async function currentKey(config: Config): Promise<string> {
  const { dataEncryptionKey } = config.keys;
  return dataEncryptionKey ?? (await loadOrCreateSecrets(config.core.stateDirectory)).dataEncryptionKey;
}

/** `keys generate` prints fresh secrets; `keys list` names the encryption keys in force, never showing them. */
export async function keysCommand([action, ...rest]: string[]): Promise<number> {
  if (rest.length > 0) throw new UsageError(`keys ${action} takes no more arguments.`);
  if (action === 'generate') {
    print(`SECRET_KEY=${randomBytes(32).toString('base64url')}`);
    print(`JWT_SECRET_KEY=${randomBytes(32).toString('base64url')}`);
    print(`DATA_ENCRYPTION_KEY=${generateKey()}`);
    return ExitCode.ok;
  }
  if (action !== 'list') throw new UsageError('keys wants: generate or list.');
  const config = loadConfig({ for: 'tool' });
  const ring = createKeyRing({ current: await currentKey(config), old: [...config.keys.old] });
  ring.keyIds.forEach((id, index) => print(`${id}  ${index === 0 ? 'current' : 'old, reads only'}`));
  return ExitCode.ok;
}
