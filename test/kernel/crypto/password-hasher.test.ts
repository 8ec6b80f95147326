import { hash as argon2Hash } from '@node-rs/argon2';
import {
  createPasswordHasher,
  PasswordHasherBusyError,
  PasswordTooLongError,
} from '../../../src/kernel/crypto/password-hasher.js';

/** As little work as the algorithm allows; what is tested does not depend on it. */
const quick = { memoryKib: 64, passes: 1 };

describe('the password hasher', () => {
  it('hashes with argon2id and the parameters of OWASP by default', async () => {
    const hasher = createPasswordHasher();
    const stored = await hasher.hash('correct horse');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hasher.verify(stored, 'correct horse')).toBe(true);
    expect(await hasher.verify(stored, 'Correct horse')).toBe(false);
    expect(hasher.needsRehash(stored)).toBe(false);
  });

  it('salts: the same password never gives the same hash', async () => {
    const hasher = createPasswordHasher(quick);
    expect(await hasher.hash('same')).not.toBe(await hasher.hash('same'));
  });

  it('knows a password however its accents were typed', async () => {
    const hasher = createPasswordHasher(quick);
    expect(await hasher.verify(await hasher.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true);
  });

  it('takes 1,024 bytes and refuses more, counted in bytes', async () => {
    const hasher = createPasswordHasher(quick);
    const stored = await hasher.hash('ä'.repeat(512));
    expect(await hasher.verify(stored, 'ä'.repeat(512))).toBe(true);
    await expect(hasher.hash(`${'ä'.repeat(512)}a`)).rejects.toThrow(PasswordTooLongError);
    expect(await hasher.verify(stored, 'a'.repeat(1025))).toBe(false);
  });

  it('accepts stored argon2id strings only', async () => {
    const hasher = createPasswordHasher(quick);
    const argon2i = await argon2Hash('password', { algorithm: 1, memoryCost: 64, timeCost: 1 });
    const hostile = (await hasher.hash('password')).replace('m=64', 'm=4194304');
    for (const stored of [
      argon2i,
      hostile,
      '',
      'password',
      '$argon2id$v=19$m=64,t=1,p=1$x$y',
      '$2b$10$abc',
    ]) {
      expect(await hasher.verify(stored, 'password')).toBe(false);
      expect(hasher.needsRehash(stored)).toBe(true);
    }
  });

  it('asks for a new hash when the parameters have changed', async () => {
    const stored = await createPasswordHasher(quick).hash('password');
    expect(createPasswordHasher({ ...quick, passes: 2 }).needsRehash(stored)).toBe(true);
    expect(createPasswordHasher({ ...quick, memoryKib: 128 }).needsRehash(stored)).toBe(true);
    expect(createPasswordHasher(quick).needsRehash(stored)).toBe(false);
  });

  it('does the work of a check for accounts that do not exist, stored nonsense and endless passwords', async () => {
    const stored = await createPasswordHasher(quick).hash('password');
    const tries = [
      (hasher: ReturnType<typeof createPasswordHasher>) => hasher.verifyAgainstNothing('password'),
      (hasher: ReturnType<typeof createPasswordHasher>) => hasher.verify('nonsense', 'password'),
      (hasher: ReturnType<typeof createPasswordHasher>) => hasher.verify(stored, 'a'.repeat(5000)),
    ];
    for (const attempt of tries) {
      // The only place is taken as long as work is done: a second caller is told so.
      const hasher = createPasswordHasher({ ...quick, concurrency: 1, maxWaiting: 0 });
      const working = attempt(hasher);
      await expect(hasher.hash('other')).rejects.toThrow(PasswordHasherBusyError);
      expect(await working).toBe(false);
      expect(await hasher.hash('other')).toContain('$argon2id$');
    }
  });

  it('hands the place of one that is done to the next, and to nobody else', async () => {
    const hasher = createPasswordHasher({ ...quick, concurrency: 1, maxWaiting: 1 });
    const [first, second] = [hasher.hash('password'), hasher.hash('password')];
    await first;
    const third = hasher.hash('password');
    await expect(hasher.hash('password')).rejects.toThrow(PasswordHasherBusyError);
    expect(await Promise.all([second, third])).toHaveLength(2);
  });

  it('serves waiting callers in their order, refuses beyond the queue, and recovers', async () => {
    const hasher = createPasswordHasher({ ...quick, concurrency: 1, maxWaiting: 3 });
    const order: number[] = [];
    const callers = [0, 1, 2, 3].map((number) => hasher.hash('password').then(() => order.push(number)));
    await expect(hasher.hash('password')).rejects.toThrow(PasswordHasherBusyError);
    await Promise.all(callers);
    expect(order).toEqual([0, 1, 2, 3]);
    expect(await hasher.hash('password')).toContain('$argon2id$');
  });
});
