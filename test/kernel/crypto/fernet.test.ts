import { CryptoError } from '../../../src/kernel/crypto/crypto-error.js';
import {
  fernetDecrypt,
  fernetEncrypt,
  generateKey,
  parseFernetKey,
} from '../../../src/kernel/crypto/fernet.js';

const secret = 'cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=';
const token =
  'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==';

/** https://github.com/fernet/spec/blob/master/invalid.json */
const invalid = [
  {
    desc: 'incorrect mac',
    token:
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==',
    now: '1985-10-26T01:20:01-07:00',
    reason: 'unauthentic',
  },
  {
    desc: 'too short',
    token: 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==',
    now: '1985-10-26T01:20:01-07:00',
    reason: 'malformed',
  },
  {
    desc: 'invalid base64',
    token:
      '%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    now: '1985-10-26T01:20:01-07:00',
    reason: 'malformed',
  },
  {
    desc: 'payload size not multiple of block size',
    token: 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm',
    now: '1985-10-26T01:20:01-07:00',
    reason: 'malformed',
  },
  {
    desc: 'payload padding error',
    token:
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==',
    now: '1985-10-26T01:20:01-07:00',
    reason: 'malformed',
  },
  {
    desc: 'far-future TS (unacceptable clock skew)',
    token:
      'gAAAAAAdwStRAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAnja1xKYyhd-Y6mSkTOyTGJmw2Xc2a6kBd-iX9b_qXQcw==',
    now: '1985-10-26T01:20:01-07:00',
    reason: 'expired',
  },
  {
    desc: 'expired TTL',
    token:
      'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==',
    now: '1985-10-26T01:21:31-07:00',
    reason: 'expired',
  },
  {
    desc: 'incorrect IV (causes padding error)',
    token:
      'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
    now: '1985-10-26T01:20:01-07:00',
    reason: 'malformed',
  },
];

function key(text: string): Buffer {
  const parsed = parseFernetKey(text);
  if (!parsed) throw new Error('The test key is malformed.');
  return parsed;
}

function reasonOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof CryptoError) return error.reason;
    throw error;
  }
  return 'accepted';
}

describe('Fernet, held against the vectors of its specification', () => {
  it('makes the token of generate.json', () => {
    const iv = Uint8Array.from({ length: 16 }, (_, index) => index);
    const now = new Date('1985-10-26T01:20:00-07:00');
    expect(fernetEncrypt(key(secret), Buffer.from('hello'), { now, iv })).toBe(token);
  });

  it('opens the token of verify.json', () => {
    const now = new Date('1985-10-26T01:20:01-07:00');
    expect(fernetDecrypt(key(secret), token, { ttlSeconds: 60, now }).toString()).toBe('hello');
  });

  it.each(invalid)('refuses the token of invalid.json: $desc', ({ token: bad, now, reason }) => {
    expect(reasonOf(() => fernetDecrypt(key(secret), bad, { ttlSeconds: 60, now: new Date(now) }))).toBe(
      reason,
    );
  });
});

describe('Fernet', () => {
  it('keeps a token valid to the last second of its time to live', () => {
    const made = new Date('2026-01-01T00:00:00Z');
    const fresh = fernetEncrypt(key(secret), Buffer.from('x'), { now: made });
    const after = (seconds: number) => ({ ttlSeconds: 60, now: new Date(made.getTime() + seconds * 1000) });
    expect(fernetDecrypt(key(secret), fresh, after(60)).toString()).toBe('x');
    expect(reasonOf(() => fernetDecrypt(key(secret), fresh, after(61)))).toBe('expired');
    expect(fernetDecrypt(key(secret), fresh, after(-60)).toString()).toBe('x');
    expect(reasonOf(() => fernetDecrypt(key(secret), fresh, after(-61)))).toBe('expired');
  });

  it('refuses every other spelling of a token', () => {
    const spellings = [
      token.replace('==', ''),
      `${token}=`,
      `${token}\n`,
      ` ${token}`,
      token.replace('_', '/'),
    ];
    for (const spelling of spellings) {
      expect(reasonOf(() => fernetDecrypt(key(secret), spelling))).toBe('malformed');
    }
  });

  it('refuses a token with any byte changed', () => {
    const bytes = Buffer.from(token, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const altered = Buffer.from(bytes);
      altered[index] = (altered[index] ?? 0) ^ 1;
      const text = altered.toString('base64url').padEnd(token.length, '=');
      expect(reasonOf(() => fernetDecrypt(key(secret), text))).toBe(
        index === 0 ? 'malformed' : 'unauthentic',
      );
    }
  });

  it('never makes the same token twice', () => {
    const plain = Buffer.from('same');
    expect(fernetEncrypt(key(secret), plain)).not.toBe(fernetEncrypt(key(secret), plain));
  });

  it('makes keys that it reads, and reads no other', () => {
    const made = generateKey();
    expect(made).toMatch(/^[\w-]{43}=$/);
    expect(key(made)).toHaveLength(32);
    expect(parseFernetKey(made.replace('=', ''))).toEqual(key(made));
    for (const bad of [
      '',
      'short',
      made.slice(4),
      `${made}AAAA`,
      `${made.slice(0, -2)}!=`,
      made.replace(/.=$/, '_='),
    ]) {
      expect([bad, parseFernetKey(bad)]).toEqual([bad, null]);
    }
  });
});
