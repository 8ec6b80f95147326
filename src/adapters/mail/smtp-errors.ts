import type { Readable } from 'node:stream';
import { MailDeliveryError, type MailFailureKind } from '../../domains/mail/mail.ports.js';

/** What is known about one mail under way. */
export interface SendingState {
  /** The stream the mail is read from while it is sent. */
  body?: Readable;
  stopped?: 'cancelled' | 'too-slow';
}

interface Circumstances {
  /** `host:port`, for the message. */
  server: string;
  /** Addresses and credentials that a reply may repeat. */
  secrets: readonly string[];
  state: SendingState;
}

interface SmtpError {
  code: string;
  command: string;
  responseCode: number | null;
  response: string | null;
}

/** Replies about our sign-in, whichever command they answer (RFC 4954 §6). */
const authReplies = new Set([530, 534, 535, 538]);
const brokenConnection = new Set([
  'ECONNECTION',
  'ETIMEDOUT',
  'ESOCKET',
  'EDNS',
  'ETLS',
  'EPROTOCOL',
  'EPROXY',
  'EREQUIRETLS',
]);
const aboutTheMail = new Set(['EENVELOPE', 'EMESSAGE']);
const maxResponseLength = 500;

/** Sorts nodemailer's errors; the original is not kept as cause, since it may hold addresses and credentials. */
export function toMailDeliveryError(error: unknown, circumstances: Circumstances): MailDeliveryError {
  if (error instanceof MailDeliveryError) return error;
  const smtp = readSmtpError(error);
  const kind = kindOf(smtp, circumstances.state);
  const accepted = acceptedBy(smtp, circumstances.state);
  const response = smtp.response === null ? undefined : withoutSecrets(smtp.response, circumstances.secrets);
  return new MailDeliveryError(messageOf(smtp, kind, accepted, circumstances), {
    kind,
    accepted,
    ...(response === undefined ? {} : { response }),
  });
}

/** Takes addresses, credentials (plain and base64) and control characters out of a server's words. */
export function withoutSecrets(response: string, secrets: readonly string[]): string {
  let clean = response;
  for (const secret of secrets) {
    if (secret === '') continue;
    clean = clean
      .replaceAll(secret, '[removed]')
      .replaceAll(Buffer.from(secret).toString('base64'), '[removed]');
  }
  return clean
    .replace(/[^\s<>@:;,]+@[^\s<>@:;,]+/gu, '[address]')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, maxResponseLength);
}

function readSmtpError(error: unknown): SmtpError {
  const fields: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  return {
    code: typeof fields['code'] === 'string' ? fields['code'] : 'EUNKNOWN',
    command: typeof fields['command'] === 'string' ? fields['command'] : 'API',
    responseCode: typeof fields['responseCode'] === 'number' ? fields['responseCode'] : null,
    response: typeof fields['response'] === 'string' ? fields['response'] : null,
  };
}

function kindOf({ code, responseCode }: SmtpError, state: SendingState): MailFailureKind {
  if (state.stopped === 'cancelled') return 'temporary';
  if (state.stopped === 'too-slow') return 'unavailable';
  if (responseCode !== null && authReplies.has(responseCode)) return 'auth';
  if (code === 'EAUTH' || code === 'ENOAUTH') return isTemporary(responseCode) ? 'temporary' : 'auth';
  if (responseCode === 421 || brokenConnection.has(code)) return 'unavailable';
  if (aboutTheMail.has(code) && responseCode !== null)
    return isTemporary(responseCode) ? 'temporary' : 'permanent';
  if (code === 'EUNKNOWN') return 'unavailable';
  return 'permanent';
}

/** 503 says that the session went wrong, not the mail, so it counts as "later" (RFC 5321 §4.2.2). */
function isTemporary(responseCode: number | null): boolean {
  return responseCode !== null && (responseCode < 500 || responseCode === 503);
}

/**
 * A server takes a mail only after the final dot (RFC 5321 §4.1.1.4), which is written once the body has been
 * read to its end; from then on only a 4xx or 5xx reply says that it did not take it.
 */
function acceptedBy({ responseCode }: SmtpError, { body }: SendingState): 'no' | 'unknown' {
  if (responseCode !== null && responseCode >= 400) return 'no';
  return body?.readableEnded === true ? 'unknown' : 'no';
}

function messageOf(
  smtp: SmtpError,
  kind: MailFailureKind,
  accepted: string,
  { server, state }: Circumstances,
): string {
  const detail =
    smtp.responseCode === null ? `${smtp.code}, ${smtp.command}` : `${smtp.responseCode}, ${smtp.command}`;
  const duplicate = accepted === 'unknown' ? ' It may have been accepted: a repeat can be a duplicate.' : '';
  if (state.stopped === 'cancelled') return `Sending through ${server} was cancelled.${duplicate}`;
  if (state.stopped === 'too-slow')
    return `Sending through ${server} took too long; it is tried again later.${duplicate}`;
  switch (kind) {
    case 'auth':
      return `The SMTP server ${server} refused the sign-in (${detail}); check SMTP_USER and SMTP_PASSWORD.`;
    case 'permanent':
      return `The mail cannot be delivered through ${server} (${detail}); correct the mail or its address.`;
    case 'temporary':
      return `The SMTP server ${server} put the mail off (${detail}); it is tried again later.`;
    case 'unavailable':
      return `The SMTP server ${server} could not be used (${detail}); check that it runs and is reachable.${duplicate}`;
  }
}
