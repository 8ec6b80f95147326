import { maskText, redactFields } from '../../src/kernel/logger-redaction.js';

const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U';

describe('masking by key', () => {
  it.each([
    'password',
    'newPassword',
    'PASSWORD_HASH',
    'token',
    'accessToken',
    'refresh_token',
    'secret',
    'clientSecret',
    'authorization',
    'Authorization',
    'proxy-authorization',
    'cookie',
    'set-cookie',
    'apiKey',
    'api_key',
    'x-api-key',
    'jwt',
    'otp',
    'totp',
    'pin',
    'recoveryCodes',
    'verificationCode',
    'mfa_code',
    'credentials',
    'privateKey',
    'dataEncryptionKey',
    'stripe-signature',
    'sid',
    'actionUrl',
    'passphrase',
    'csrf',
  ])('masks %s wherever it stands', (key) => {
    const deep = { list: [{ [key]: { inner: 'hunter2' } }], map: new Map([[key, 'hunter2']]) };
    const text = JSON.stringify([redactFields({ [key]: 'hunter2', deep }), redactFields({ [key]: 246810 })]);
    expect(text).not.toMatch(/hunter2|246810/);
    expect(text).toContain('[redacted]');
  });

  it.each([
    'tokenId',
    'token_id',
    'passwordChangedAt',
    'tokenType',
    'secretIds',
    'cookieCount',
    'accessTokenMinutes',
    'author',
    'keyId',
    'path',
    'operation',
    'passed',
    'opinion',
  ])('keeps %s, which holds no secret', (key) => {
    expect(redactFields({ [key]: 'shown' })[key]).toBe('shown');
  });

  it('tells whether there was something', () => {
    const { password, token, hasSecret } = redactFields({ password: '', token: null, hasSecret: true });
    expect([password, token, hasSecret]).toEqual(['', null, true]);
  });

  it.each([
    'ECONNREFUSED',
    'ERR_HTTP_INVALID',
    'BILLING_UPGRADE_IN_PROGRESS',
    'EAUTH',
    '23505',
    '40P01',
    404,
    4403,
    null,
  ])('keeps the code %s', (code) => expect(redactFields({ code }).code).toBe(code));

  it.each(['123456', 123456, 'x7Gh2kLp', 'a1b2-c3d4', '', ['123456']])('masks the code %s', (code) => {
    expect(redactFields({ code }).code).toBe('[redacted]');
  });
});

describe('masking by value', () => {
  it.each([
    ['a JWT', `with ${jwt}.`, 'with [redacted].'],
    ['our own token', 'link tbxv_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abcdefg end', 'link [redacted] end'],
    ['an API key of ours', 'key tbx_live_0123456789abcdef', 'key [redacted]'],
    ['our ciphertext', 'value tbx1.5d6ed35b.SpMbvSZNO8AAIHiVxlluewV', 'value [redacted]'],
    ['a bearer header', 'Authorization: Bearer abcdef.123-456', 'Authorization: Bearer [redacted]'],
    ['a basic header', 'authorization: Basic dXNlcjpwYXNzd29yZA==', 'authorization: Basic [redacted]'],
    ['a Stripe key', 'using sk_live_51HxAbCdEf and whsec_aBcDeF123', 'using [redacted] and [redacted]'],
    ['a Stripe client secret', 'pi_3Abc_secret_Xyz12345678', '[redacted]'],
    ['a connection string', 'postgres://app:hunter2@db:5432/x', 'postgres://app:***@db:5432/x'],
    ['a password with / and ? in it', 'amqp://u:a/b?c@queue/x', 'amqp://u:***@queue/x'],
    ['a password of digits', 'redis://:12345@cache', 'redis://:***@cache'],
    ['a password with @ in it', 'redis://:p@ss@cache:6379', 'redis://:***@cache:6379'],
    ['a query parameter', 'GET /verify?token=abc123&lang=en', 'GET /verify?token=[redacted]&lang=en'],
    ['an OAuth code', '/callback?code=abc123&x=1', '/callback?code=[redacted]&x=1'],
    ['a setting', 'DB_PASSWORD=hunter2 HOST=db', 'DB_PASSWORD=[redacted] HOST=db'],
    [
      'JSON text',
      'body {"user":"u","password":"a\\"b","n":1}',
      'body {"user":"u","password":"[redacted]","n":1}',
    ],
    ['a mail address', 'to anna.b+c@mail.example.com failed', 'to a***@mail.example.com failed'],
    ['a mail address with a name', '"Anna" <anna@example.com>', '"Anna" <a***@example.com>'],
    ['an international mail address', 'jürgen@müller.example', 'j***@müller.example'],
    [
      'a row that PostgreSQL quotes',
      'null value\n - detail: Failing row contains (7, (hunter2\ntwo), null).\n    at x',
      'null value\n - detail: Failing row contains ([redacted])\n    at x',
    ],
    [
      'a key that PostgreSQL quotes',
      'duplicate key\n - detail: Key (org_id, lower(name))=(7, an)na\nx) already exists.',
      'duplicate key\n - detail: Key (org_id, lower(name))=([redacted]) already exists.',
    ],
    ['a private key', 'x -----BEGIN PRIVATE KEY-----\nMC4\n-----END PRIVATE KEY----- y', 'x [redacted] y'],
  ])('masks %s', (_, text, masked) => {
    expect(maskText(text)).toBe(masked);
    expect(redactFields({ list: [{ text }] }).list).toEqual([{ text: masked }]);
  });

  it.each([
    'listening on http://127.0.0.1:4000',
    'GET http://localhost:4000/users/@me',
    'basic authentication failed',
    'at file:///srv/node_modules/@apollo/server/dist/index.js:10:5',
    'pg@8.23.0 is installed',
    'the token has expired',
    'took a=1 b=2',
    'ratio 3:4 at 12:30',
  ])('leaves "%s" as it is', (text) => expect(maskText(text)).toBe(text));

  it('masks mail addresses that are keys', () => {
    expect(Object.keys(redactFields({ counts: { 'anna@example.com': 1 } }).counts as object)).toEqual([
      'a***@example.com',
    ]);
  });
});
