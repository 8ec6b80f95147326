import fc from 'fast-check';
import {
  booleanColumn,
  enumColumn,
  integerColumn,
  isoTimestamp,
  plainColumn,
  textColumn,
  timestampColumn,
} from '../../../src/kernel/read/readable.js';

/** What PostgreSQL can hold as text: no NUL and no half of a surrogate pair. */
const storable = fc
  .oneof(
    fc.string({ unit: 'binary' }),
    fc.string({
      unit: fc.constantFrom(
        '"',
        '\\',
        '\n',
        '\u0001',
        '\u001f',
        ' ',
        '\u007f',
        '\u0085',
        '\u2028',
        '\u2029',
        '[',
        ']',
        '!',
        '#',
        '😀',
        'ﷺ',
      ),
    }),
  )
  .filter((text) => text.isWellFormed() && !text.includes('\0'));

/** As a session in UTC prints a timestamptz(3). */
function asPrinted(date: Date): string {
  const iso = date.toISOString();
  const fraction = iso.slice(20, 23).replace(/0+$/, '');
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)}${fraction ? `.${fraction}` : ''}+00`;
}

describe('writing columns as JSON', () => {
  it('writes text as JSON.stringify does', () => {
    const { write } = textColumn('name');
    fc.assert(
      fc.property(storable, (text) => expect(write(text)).toBe(JSON.stringify(text))),
      { numRuns: 2000 },
    );
  });

  it('writes each single character of the lower planes as JSON.stringify does', () => {
    const { write } = textColumn('name');
    for (let code = 1; code < 0x3000; code += 1) {
      const text = String.fromCharCode(code);
      if (write(text) !== JSON.stringify(text))
        throw new Error(`U+${code.toString(16)} is written as ${write(text)}`);
    }
  });

  it('writes moments as Date.toISOString does, with none to three digits after the point', () => {
    const moments = fc.date({
      min: new Date('1000-01-01'),
      max: new Date('9999-12-31'),
      noInvalidDate: true,
    });
    const rounded = fc
      .tuple(moments, fc.constantFrom(1, 10, 100, 1000))
      .map(([date, step]) => new Date(Math.floor(date.getTime() / step) * step));
    fc.assert(
      fc.property(rounded, (date) => expect(isoTimestamp(asPrinted(date))).toBe(date.toISOString())),
      { numRuns: 1000 },
    );
    expect(timestampColumn('at').write('2026-11-20 09:30:00.5+00')).toBe('"2026-11-20T09:30:00.500Z"');
  });

  it('writes numbers, booleans and identifiers as they are', () => {
    expect(integerColumn('n').write('-12')).toBe('-12');
    expect([booleanColumn('b').write('t'), booleanColumn('b').write('f')]).toEqual(['true', 'false']);
    expect(plainColumn('id').write('01a1f888-7cf0-77cc-9a8e-cbb738a90000')).toBe(
      '"01a1f888-7cf0-77cc-9a8e-cbb738a90000"',
    );
  });

  it('writes an enum by its GraphQL name, and refuses a value that has none', () => {
    const { write } = enumColumn('status', { DRAFT: 'draft' });
    expect(write('draft')).toBe('"DRAFT"');
    expect(() => write('DRAFT')).toThrow('status holds DRAFT, which the schema does not name.');
  });
});
