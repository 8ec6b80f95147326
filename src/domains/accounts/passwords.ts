import {
  PasswordHasherBusyError,
  PasswordTooLongError,
  type PasswordHasher,
} from '../../kernel/crypto/password-hasher.js';
import { BusyError, InvalidInputError } from '../../kernel/errors.js';

/** @throws InvalidInputError when the password is too long, BusyError when too many wait. */
export async function hashPassword(passwords: PasswordHasher, password: string): Promise<string> {
  try {
    return await passwords.hash(password);
  } catch (error) {
    if (error instanceof PasswordTooLongError) {
      throw InvalidInputError.field('input.password', 'must have at most 1,024 bytes');
    }
    throw busyOr(error);
  }
}

/** Whether the password is right; the same work for an account that does not exist. @throws BusyError */
export async function checkPassword(
  passwords: PasswordHasher,
  stored: string | null,
  password: string,
): Promise<boolean> {
  try {
    return await (stored === null
      ? passwords.verifyAgainstNothing(password)
      : passwords.verify(stored, password));
  } catch (error) {
    throw busyOr(error);
  }
}

/**
 * Another hash of a password that was just found right, when the stored one was made with other parameters than
 * today's; else null. Also null when too many wait: the next sign-in will do.
 */
export async function renewHash(
  passwords: PasswordHasher,
  stored: string,
  password: string,
): Promise<string | null> {
  if (!passwords.needsRehash(stored)) return null;
  try {
    return await passwords.hash(password);
  } catch (error) {
    if (error instanceof PasswordHasherBusyError) return null;
    throw error;
  }
}

function busyOr(error: unknown): unknown {
  return error instanceof PasswordHasherBusyError ? new BusyError() : error;
}
