import type PostalMime from 'postal-mime';
import type { Address, Attachment, Email } from 'postal-mime';

export interface CaughtMailSummary {
  id: string;
  /** ISO 8601, UTC. */
  receivedAt: string;
  /** As given to the SMTP server, which may differ from the headers. */
  envelope: { from: string; to: string[] };
  from: string;
  to: string[];
  subject: string;
  messageId: string | null;
  sizeBytes: number;
  attachmentCount: number;
}

export interface CaughtMail extends CaughtMailSummary {
  headers: { name: string; value: string }[];
  html: string | null;
  text: string | null;
  /** http and https links of the HTML and the text, each once, in order. */
  links: string[];
  attachments: { filename: string | null; mimeType: string; sizeBytes: number }[];
  /** Why the mail could not be read; then only `raw` and `envelope` are of use. */
  parseError: string | null;
  /** The mail as it came, message/rfc822. */
  raw: Buffer;
}

export type Envelope = CaughtMailSummary['envelope'];

const namedEntities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads a mail; one that cannot be parsed is kept all the same, with the reason. */
export async function readCaughtMail(
  parser: typeof PostalMime,
  source: { id: string; receivedAt: Date; envelope: Envelope; raw: Buffer },
): Promise<CaughtMail> {
  const { parsed, parseError } = await parse(parser, source.raw);
  return {
    id: source.id,
    receivedAt: source.receivedAt.toISOString(),
    envelope: source.envelope,
    from: parsed.from === undefined ? '' : addressText(parsed.from),
    to: (parsed.to ?? []).flatMap(flatten).map(addressText),
    subject: parsed.subject ?? '',
    messageId: parsed.messageId ?? null,
    sizeBytes: source.raw.length,
    attachmentCount: parsed.attachments.length,
    headers: parsed.headers.map((header) => ({ name: header.originalKey, value: header.value })),
    html: parsed.html ?? null,
    text: parsed.text ?? null,
    links: findLinks(parsed.html ?? '', parsed.text ?? ''),
    attachments: parsed.attachments.map(describeAttachment),
    parseError,
    raw: source.raw,
  };
}

/** The fields of a list entry. */
export function summarize(mail: CaughtMail): CaughtMailSummary {
  const { id, receivedAt, envelope, from, to, subject, messageId, sizeBytes, attachmentCount } = mail;
  return { id, receivedAt, envelope, from, to, subject, messageId, sizeBytes, attachmentCount };
}

async function parse(
  parser: typeof PostalMime,
  raw: Buffer,
): Promise<{ parsed: Email; parseError: string | null }> {
  try {
    return { parsed: await parser.parse(raw, { maxNestingDepth: 50 }), parseError: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const parsed = {
      headers: [],
      headerLines: [],
      attachments: [],
      subject: '(this mail could not be read)',
    };
    return { parsed, parseError: reason };
  }
}

function findLinks(html: string, text: string): string[] {
  const hrefs = Array.from(html.matchAll(/\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/giu), (match) =>
    decodeEntities(match[1] ?? match[2] ?? '').trim(),
  );
  const plain = Array.from(text.matchAll(/\bhttps?:\/\/[^\s<>"]+/giu), (match) =>
    match[0].replace(/[.,;:!?)\]]+$/u, ''),
  );
  const links = [...hrefs, ...plain].filter((link) => /^https?:\/\//iu.test(link) && URL.canParse(link));
  return [...new Set(links)];
}

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/giu,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) return namedEntities[name.toLowerCase()] ?? whole;
      const codePoint = hex === undefined ? Number(decimal) : parseInt(hex, 16);
      return codePoint <= 0x10ffff ? String.fromCodePoint(codePoint) : whole;
    },
  );
}

function describeAttachment({ filename, mimeType, content }: Attachment): CaughtMail['attachments'][number] {
  const sizeBytes = typeof content === 'string' ? Buffer.byteLength(content) : content.byteLength;
  return { filename, mimeType, sizeBytes };
}

function flatten(address: Address): Address[] {
  return address.group === undefined ? [address] : address.group;
}

function addressText(address: Address): string {
  if (address.address === undefined) return address.name;
  return address.name === '' ? address.address : `${address.name} <${address.address}>`;
}
