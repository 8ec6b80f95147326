import { availableParallelism } from 'node:os';
import { hash as argon2Hash, type Options, parseOptions, verify as argon2Verify } from '@node-rs/argon2';

const MAX_PASSWORD_BYTES = 1024;
const ARGON2ID = 2;
/** libuv's thread pool, unless UV_THREADPOOL_SIZE changes it: files, DNS and WebCrypto need one too. */
const LIBUV_THREADS = 4;
/** Stored parameters beyond these were not written by us, and would take the machine. */
const MAX_MEMORY_KIB = 1_048_576;
const MAX_PASSES = 20;

export interface PasswordHasherOptions {
  /** OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. */
  memoryKib?: number;
  passes?: number;
  lanes?: number;
  /** Hashes computed at once; by default one core is left to everything else. */
  concurrency?: number;
  /** Callers that may wait for a free place. */
  maxWaiting?: number;
}

export interface PasswordHasher {
  /** A PHC string (`$argon2id$v=19$…`). Throws PasswordTooLongError, PasswordHasherBusyError. */
  hash: (password: string) => Promise<string>;
  /**
   * Whether the password is the one that was hashed. False as well for a password over the length limit, and for
   * a stored value that is no argon2id PHC string; both cost the same work. Throws PasswordHasherBusyError.
   */
  verify: (stored: string, password: string) => Promise<boolean>;
  /** The work of `verify` for an account that does not exist, so that time does not tell. Always false. */
  verifyAgainstNothing: (password: string) => Promise<false>;
  /** Whether a stored hash was made with other parameters than the ones used now. */
  needsRehash: (stored: string) => boolean;
}

/** More callers wait for a hash than the queue holds; to be answered as 'unavailable', try again soon. */
export class PasswordHasherBusyError extends Error {
  override readonly name = 'PasswordHasherBusyError';
}

/** A password of more than 1,024 bytes of UTF-8. */
export class PasswordTooLongError extends Error {
  override readonly name = 'PasswordTooLongError';
}

/**
 * Argon2id (RFC 9106) on libuv's thread pool. Concurrency and queue are bounded, as a hash takes 19 MiB and a core
 * for some 20 ms: a flood of logins must not take the memory or every thread that files and DNS need too.
 */
export function createPasswordHasher(options: PasswordHasherOptions = {}): PasswordHasher {
  const parameters = {
    algorithm: ARGON2ID,
    memoryCost: options.memoryKib ?? 19_456,
    timeCost: options.passes ?? 2,
    parallelism: options.lanes ?? 1,
  } satisfies Options;
  const run = createGate(
    options.concurrency ?? Math.max(1, Math.min(availableParallelism(), LIBUV_THREADS) - 1),
    options.maxWaiting ?? 256,
  );
  const nothing = phcOfNothing(parameters);

  const compare = (stored: string, password: string) => run(() => argon2Verify(stored, prepared(password)));
  const verifyAgainstNothing = async (password: string): Promise<false> => {
    await compare(nothing, isTooLong(password) ? '' : password);
    return false;
  };

  return {
    hash(password) {
      if (isTooLong(password)) {
        return Promise.reject(
          new PasswordTooLongError(`A password may have ${MAX_PASSWORD_BYTES} bytes at most.`),
        );
      }
      return run(() => argon2Hash(prepared(password), parameters));
    },
    verify: (stored, password) =>
      isTooLong(password) || !isArgon2id(stored) ? verifyAgainstNothing(password) : compare(stored, password),
    verifyAgainstNothing,
    needsRehash(stored) {
      if (!isArgon2id(stored)) return true;
      const used = parseOptions(stored);
      return (
        used.memoryCost !== parameters.memoryCost ||
        used.timeCost !== parameters.timeCost ||
        used.parallelism !== parameters.parallelism
      );
    },
  };
}

/** NFC, as RFC 8265 (OpaqueString) has it: one keyboard types é as one character, another as two. */
function prepared(password: string): string {
  return password.normalize('NFC');
}

function isTooLong(password: string): boolean {
  return Buffer.byteLength(password, 'utf8') > MAX_PASSWORD_BYTES;
}

/** A PHC string of argon2id, version 19. The library also takes argon2i and argon2d, which are not accepted here. */
function isArgon2id(stored: string): boolean {
  if (!stored.startsWith('$argon2id$v=19$')) return false;
  try {
    const { memoryCost, timeCost, saltLen, outputLen } = parseOptions(stored);
    return memoryCost <= MAX_MEMORY_KIB && timeCost <= MAX_PASSES && saltLen >= 8 && outputLen >= 16;
  } catch {
    // Not parsable is the answer: no password has such a hash.
    return false;
  }
}

/** A hash that no password has: its bytes are fixed, not computed, and only the work of comparing counts. */
function phcOfNothing({
  memoryCost,
  timeCost,
  parallelism,
}: Required<Pick<Options, 'memoryCost' | 'timeCost' | 'parallelism'>>) {
  const base64 = (length: number) => Buffer.alloc(length).toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${base64(16)}$${base64(32)}`;
}

/** Runs at most `concurrency` tasks at once, in order of arrival, and refuses beyond `maxWaiting`. */
function createGate(concurrency: number, maxWaiting: number) {
  let running = 0;
  const waiting: (() => void)[] = [];

  return async function run<T>(task: () => Promise<T>): Promise<T> {
    if (running < concurrency) {
      running += 1;
    } else {
      if (waiting.length >= maxWaiting) {
        throw new PasswordHasherBusyError(
          'Too many passwords are being checked at once. Try again in a moment.',
        );
      }
      // Whoever finishes hands its place on, so that `running` stays as it is and nobody overtakes.
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
