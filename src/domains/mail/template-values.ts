/** Makes values safe to read in a mail: escaping is the template engine's job, misleading text is ours. */

const maxValueLength = 120;
/** Explicit bidirectional controls: they can make `gpj.exe` read as `exe.jpg`. Marks of real right-to-left text stay. */
const bidiControls = /[\u202A-\u202E\u2066-\u2069]/gu;
const controls = /[\p{Cc}\u2028\u2029\u200B\uFEFF]+/gu;
const loneSurrogates = /\p{Cs}/gu;
const looksLikeLink = /:\/\/|\bwww\.|[\w-]\.[a-z]{2,}\//iu;
const zeroWidthSpace = '\u200B';

/** Data that no mail can be made from: a mistake of the calling code, not of the recipient. */
export class MailTemplateDataError extends Error {
  override readonly name = 'MailTemplateDataError';

  static unsafeLink(field: string): MailTemplateDataError {
    return new MailTemplateDataError(
      `The mail's ${field} must be an absolute http or https URL without user name and password; pass one built from the public base URL.`,
    );
  }
}

/**
 * One line of readable text: no line breaks, controls or direction overrides, at most 120 characters as people
 * count them, and nothing that a mail client would turn into a link of the writer's choice.
 */
export function cleanText(value: string): string {
  const oneLine = value
    .replace(loneSurrogates, '\uFFFD')
    .replace(bidiControls, '')
    .replace(controls, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
  const short = shorten(oneLine);
  return looksLikeLink.test(short) ? short.replace(/[.:/]/gu, `$&${zeroWidthSpace}`) : short;
}

/** The normalized form of an absolute http(s) URL. Throws MailTemplateDataError for any other text. */
function cleanLink(field: string, value: unknown): string {
  if (typeof value !== 'string' || !URL.canParse(value)) throw MailTemplateDataError.unsafeLink(field);
  const url = new URL(value);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || url.username !== '' || url.password !== '') throw MailTemplateDataError.unsafeLink(field);
  return url.href;
}

/** Every value of a template's data, cleaned: names ending in `Url` as links, other texts as one line. */
export function cleanValues(data: object): Record<string, unknown> {
  const cleaned: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(data)) {
    if (key.endsWith('Url')) cleaned[key] = cleanLink(key, value);
    else cleaned[key] = typeof value === 'string' ? cleanText(value) : value;
  }
  return cleaned;
}

function shorten(text: string): string {
  if (text.length <= maxValueLength) return text;
  // A character as people count them may hold any number of combining marks, so code units are bounded too.
  const bounded = text.slice(0, maxValueLength * 4);
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const characters = Array.from(segmenter.segment(bounded), (part) => part.segment);
  if (characters.length <= maxValueLength && bounded.length === text.length) return text;
  const kept = characters.slice(0, Math.min(maxValueLength, characters.length) - 1);
  return `${kept.join('').trimEnd()}…`;
}
