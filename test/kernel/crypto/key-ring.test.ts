import fc from 'fast-check';
import { CryptoError } from '../../../src/kernel/crypto/crypto-error.js';
import { fernetEncrypt, generateKey, parseFernetKey } from '../../../src/kernel/crypto/fernet.js';
import { createKeyRing } from '../../../src/kernel/crypto/key-ring.js';

const place = { table: 'mfa_secret', id: '0198c0de', column: 'secret' };
const [first, second, third] = [generateKey(), generateKey(), generateKey()];

function refusal(run: () => unknown): CryptoError {
  try {
    run();
  } catch (error) {
    if (error instanceof CryptoError) return error;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

function fernet(keyText: string, plaintext: string): string {
  return fernetEncrypt(parseFernetKey(keyText) ?? Buffer.alloc(0), Buffer.from(plaintext));
}

describe('a key ring', () => {
  it('gives back what was encrypted, whatever the text', () => {
    const ring = createKeyRing({ current: first, old: [] });
    const wellFormed = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed());
    fc.assert(fc.property(wellFormed, (text) => ring.decrypt(ring.encrypt(text, place), place) === text));
  });

  it('reads both formats under every key, and says what to encrypt anew', () => {
    const before = createKeyRing({ current: first, old: [] });
    const after = createKeyRing({ current: second, old: [first] });
    const oldEnvelope = before.encrypt('one', place);
    const newEnvelope = after.encrypt('two', place);
    expect(after.decrypt(oldEnvelope, place)).toBe('one');
    expect(after.decrypt(newEnvelope, place)).toBe('two');
    expect(after.decrypt(fernet(first, 'three'), place)).toBe('three');
    expect(after.decrypt(fernet(second, 'four'), place)).toBe('four');
    expect([oldEnvelope, newEnvelope, fernet(second, 'x')].map(after.needsRotation)).toEqual([
      true,
      false,
      true,
    ]);
  });

  it.each([
    ['table', { ...place, table: 'api_key' }],
    ['row', { ...place, id: '0198c0df' }],
    ['column', { ...place, column: 'secret2' }],
    ['shifted boundary', { table: 'mfa_secret', id: '0198c0de:secret', column: '' }],
  ])('refuses a ciphertext that was moved to another %s', (_, elsewhere) => {
    const ring = createKeyRing({ current: first, old: [] });
    const value = ring.encrypt('seed', place);
    expect(refusal(() => ring.decrypt(value, elsewhere)).reason).toBe('unauthentic');
  });

  it('refuses an envelope with any character changed', () => {
    const ring = createKeyRing({ current: first, old: [] });
    const value = ring.encrypt('seed', place);
    for (let index = 0; index < value.length; index += 1) {
      const other = value[index] === 'A' ? 'B' : 'A';
      const altered = value.slice(0, index) + other + value.slice(index + 1);
      expect(() => ring.decrypt(altered, place)).toThrow(CryptoError);
    }
    expect(() => ring.decrypt(value.slice(0, -3), place)).toThrow(CryptoError);
  });

  it('binds the key id: an envelope relabelled for another key of the ring does not open', () => {
    const ring = createKeyRing({ current: first, old: [second] });
    const [currentId = '', oldId = ''] = ring.keyIds;
    const relabelled = ring.encrypt('seed', place).replace(currentId, oldId);
    expect(refusal(() => ring.decrypt(relabelled, place)).reason).toBe('unauthentic');
  });

  it('never makes the same envelope twice', () => {
    const ring = createKeyRing({ current: first, old: [] });
    expect(ring.encrypt('same', place)).not.toBe(ring.encrypt('same', place));
  });

  it('names the key that is missing, and where to set it', () => {
    const value = createKeyRing({ current: first, old: [] }).encrypt('seed', place);
    const [keyId = ''] = createKeyRing({ current: first, old: [] }).keyIds;
    const other = createKeyRing({ current: second, old: [third] });
    const envelope = refusal(() => other.decrypt(value, place));
    expect(envelope.reason).toBe('unknown-key');
    expect(envelope.message).toContain(keyId);
    expect(envelope.message).toContain('DATA_ENCRYPTION_KEY_OLD_1');
    expect(refusal(() => other.decrypt(fernet(first, 'x'), place)).reason).toBe('unknown-key');
  });

  it('refuses what is in neither format', () => {
    const ring = createKeyRing({ current: first, old: [] });
    for (const value of ['', 'plain text', 'tbx1.', 'tbx1.abc.def', 'tbx2.00000000.AAAA']) {
      expect(refusal(() => ring.decrypt(value, place)).reason).toBe('malformed');
    }
  });

  it('keeps its key ids over restarts and shows nothing of the keys in them', () => {
    const key = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
    const { keyIds } = createKeyRing({ current: key, old: [] });
    expect(keyIds).toEqual(createKeyRing({ current: key.replace('=', ''), old: [] }).keyIds);
    expect(keyIds[0]).toMatch(/^[0-9a-f]{8}$/);
    expect(Buffer.from(key, 'base64url').toString('hex')).not.toContain(keyIds[0]);
  });

  it('refuses malformed and repeated keys without showing them', () => {
    const broken = refusal(() => createKeyRing({ current: first, old: [second, third.slice(0, 40)] }));
    expect(broken.reason).toBe('invalid-key');
    expect(broken.message).toContain('Old data encryption key 2');
    const repeated = refusal(() => createKeyRing({ current: first, old: [second, first] }));
    expect(repeated.message).toContain('given twice');
    for (const { message } of [broken, repeated]) {
      expect([first, second, third].some((key) => message.includes(key.slice(0, 10)))).toBe(false);
    }
  });

  it('still opens an envelope that an earlier release wrote', () => {
    const key = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
    const stored =
      'tbx1.5d6ed35b.SpMbvSZNO8AAIHiVxlluewV97enmPBpdXay7q9NI7Yj-0prbr-IHCsCv-O8c6yxuUxTqJ58q1-k';
    expect(createKeyRing({ current: key, old: [] }).decrypt(stored, place)).toBe(
      'a value of the first release',
    );
  });
});
