import { createHmac, hkdfSync } from 'node:crypto';
import { CryptoError } from '../../../src/kernel/crypto/crypto-error.js';
import { createTokenDeriver, hashToken, looksLikeToken } from '../../../src/kernel/crypto/derived-token.js';

const oldSecret = Buffer.from('the secret of last year, which is long enough');
const newSecret = Buffer.from('the secret of this year, which is long enough');
const id = '0198c0de-0000-7000-8000-000000000001';

describe('derived tokens', () => {
  it('are made again exactly, by any process that has the secret', () => {
    const token = createTokenDeriver(newSecret).derive('refresh', id);
    expect(createTokenDeriver(newSecret).derive('refresh', id)).toBe(token);
    const key = Buffer.from(hkdfSync('sha256', newSecret, '', 'toolbox/token/refresh/v1', 32));
    expect(token).toBe(`tbxr_${createHmac('sha256', key).update(id).digest('base64url')}`);
  });

  it('differ by purpose, id and secret', () => {
    const deriver = createTokenDeriver(newSecret);
    const bodies = [
      deriver.derive('refresh', id),
      deriver.derive('verification', id),
      deriver.derive('invitation', id),
      deriver.derive('refresh', `${id}0`),
      createTokenDeriver(oldSecret).derive('refresh', id),
    ].map((token) => token.slice(5));
    expect(new Set(bodies).size).toBe(bodies.length);
  });

  it('begin with the prefix of their purpose', () => {
    const deriver = createTokenDeriver(newSecret);
    expect(deriver.derive('verification', id)).toMatch(/^tbxv_[\w-]{43}$/);
    expect(deriver.derive('invitation', id)).toMatch(/^tbxi_[\w-]{43}$/);
    expect(looksLikeToken('refresh', deriver.derive('refresh', id))).toBe(true);
    expect(looksLikeToken('refresh', deriver.derive('invitation', id))).toBe(false);
    expect(looksLikeToken('refresh', `${deriver.derive('refresh', id)}\n`)).toBe(false);
  });

  it('of an earlier secret stay derivable by the key id that their row remembers', () => {
    const before = createTokenDeriver(oldSecret);
    const after = createTokenDeriver(newSecret, [oldSecret]);
    expect(after.keyId).not.toBe(before.keyId);
    expect(after.derive('refresh', id, before.keyId)).toBe(before.derive('refresh', id));
    expect(after.derive('refresh', id)).not.toBe(before.derive('refresh', id));
  });

  it('of a secret that is gone are refused by name', () => {
    const before = createTokenDeriver(oldSecret);
    expect(() => createTokenDeriver(newSecret).derive('refresh', id, before.keyId)).toThrow(CryptoError);
    expect(() => createTokenDeriver(newSecret).derive('refresh', id, before.keyId)).toThrow(before.keyId);
  });

  it('are known again by their hash', () => {
    const token = createTokenDeriver(newSecret).derive('refresh', id);
    const stored = hashToken(token);
    expect(stored).toHaveLength(32);
    expect(hashToken(token)).toEqual(stored);
    expect(hashToken(`${token}x`)).not.toEqual(stored);
  });
});
