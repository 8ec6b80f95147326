import fc from 'fast-check';
import { v7 } from 'uuid';
import { CursorInvalidError } from '../../../src/kernel/errors.js';
import { decodeCursor, encodeCursor } from '../../../src/kernel/events/cursor.js';

const orgId = fc.uuid();
const position = fc.bigInt({ min: 0n, max: 10n ** 18n - 1n });
const feedPosition = fc.record({
  epoch: fc.integer({ min: 0, max: 99_999_999_999 }),
  positions: fc
    .dictionary(orgId, position, { minKeys: 1, maxKeys: 5 })
    .map((all) => new Map(Object.entries(all))),
});

function raw(text: string): string {
  return Buffer.from(text).toString('base64url');
}

describe('a feed cursor', () => {
  it('gives back the position that it was made of', () => {
    fc.assert(
      fc.property(feedPosition, (at) => {
        expect(decodeCursor(encodeCursor(at))).toEqual(at);
      }),
    );
  });

  it('is a text that fits into a URL as it is', () => {
    fc.assert(fc.property(feedPosition, (at) => expect(encodeCursor(at)).toMatch(/^[\w-]+$/)));
  });

  it('refuses any text that it did not make, with one typed error', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.string().map(raw),
      fc.base64String(),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(() => decodeCursor(text)).toThrow(CursorInvalidError);
      }),
    );
  });

  it('refuses a cursor with anything changed in it, or gives another position of the same form', () => {
    fc.assert(
      fc.property(feedPosition, fc.nat(), fc.string({ minLength: 1, maxLength: 3 }), (at, where, junk) => {
        const cursor = encodeCursor(at);
        const index = where % (cursor.length + 1);
        const changed = cursor.slice(0, index) + junk + cursor.slice(index);
        let decoded;
        try {
          decoded = decodeCursor(changed);
        } catch (error) {
          expect(error).toBeInstanceOf(CursorInvalidError);
          return;
        }
        expect(encodeCursor(decoded)).toBe(changed);
      }),
      { numRuns: 500 },
    );
  });

  const org = v7();
  it.each([
    ['nothing', ''],
    ['no streams', raw('1;1;')],
    ['another version', raw(`2;1;${org}:1`)],
    ['no epoch', raw(`1;;${org}:1`)],
    ['a negative epoch', raw(`1;-1;${org}:1`)],
    ['a position that is no number', raw(`1;1;${org}:one`)],
    ['a negative position', raw(`1;1;${org}:-1`)],
    ['a position beyond bigint', raw(`1;1;${org}:9999999999999999999`)],
    ['a position twice', raw(`1;1;${org}:1:2`)],
    ['a stream twice', raw(`1;1;${org}:1,${org}:2`)],
    ['a position with leading zeros', raw(`1;1;${org}:007`)],
    ['a stream that is no id', raw(`1;1;' or true --:1`)],
    ['a part more', raw(`1;1;${org}:1;x`)],
    ['characters outside its alphabet', `${raw(`1;1;${org}:1`)}!`],
    ['a megabyte', raw(`1;1;${Array(20_000).fill(`${org}:1`).join(',')}`)],
  ])('refuses %s', (_what, cursor) => {
    expect(() => decodeCursor(cursor)).toThrow(CursorInvalidError);
  });
});
