import type { IncomingMessage, ServerResponse } from 'node:http';
import { summarize, type CaughtMail } from './caught-mail.js';
import { mailPage, mailPageSecurityPolicy } from './mail-page.js';
import { TooManyWaitersError, UnknownMailError, type MailFilter, type MailStore } from './mail-store.js';

const maxWaitMs = 60_000;
/** Styles and images within the mail show; scripts, forms, frames and anything from the network do not. */
const mailSecurityPolicy =
  "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; " +
  "form-action 'none'; frame-ancestors 'self'";

interface HandlerOptions {
  store: MailStore;
  pathPrefix: string;
  /** Aborts when the catcher stops: waiting requests are answered then. */
  stopping: AbortSignal;
  maxListed: number;
}

interface Exchange extends HandlerOptions {
  req: IncomingMessage;
  res: ServerResponse;
  query: URLSearchParams;
}

type Action = (exchange: Exchange, id: string) => void | Promise<void>;

interface Route {
  pattern: RegExp;
  methods: Partial<Record<'GET' | 'DELETE', Action>>;
}

/** A request that cannot be answered as asked. */
class BadRequestError extends Error {}

const routes: Route[] = [
  { pattern: /^\/$/u, methods: { GET: showPage } },
  { pattern: /^\/api\/messages$/u, methods: { GET: listMessages, DELETE: deleteMessages } },
  { pattern: /^\/api\/messages\/wait$/u, methods: { GET: waitForMessage } },
  { pattern: /^\/api\/messages\/([\w-]+)$/u, methods: { GET: showMessage, DELETE: deleteMessage } },
  { pattern: /^\/api\/messages\/([\w-]+)\/raw$/u, methods: { GET: showRaw } },
  { pattern: /^\/api\/messages\/([\w-]+)\/html$/u, methods: { GET: showHtml } },
];

/**
 * Answers everything under the prefix: the page at `/`, JSON under `/api/messages`. Resolves to false, with
 * nothing written, for other paths. Whoever mounts it checks the Host header: mails hold tokens.
 */
export function createMailHandler(
  options: HandlerOptions,
): (req: IncomingMessage, res: ServerResponse) => Promise<boolean> {
  const prefix = options.pathPrefix.replace(/\/+$/u, '');
  return async (req, res) => {
    const [path = '/', search = ''] = splitUrl(req.url ?? '/');
    if (path !== prefix && !path.startsWith(`${prefix}/`)) return false;
    // A body has no meaning here; unread it would hold up the connection.
    req.resume();
    if (path === prefix) {
      res.writeHead(308, { Location: `${prefix}/` }).end();
      return true;
    }
    await answer({ ...options, req, res, query: new URLSearchParams(search) }, path.slice(prefix.length));
    return true;
  };
}

async function answer(exchange: Exchange, path: string): Promise<void> {
  const { req, res } = exchange;
  res.setHeader('Cache-Control', 'no-store');
  res.setHeader('X-Content-Type-Options', 'nosniff');
  res.setHeader('Referrer-Policy', 'no-referrer');
  res.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  const route = routes.find(({ pattern }) => pattern.test(path));
  if (route === undefined) return sendError(res, 404, 'NOT_FOUND', 'There is nothing at this address.');

  const method = req.method === 'HEAD' ? 'GET' : req.method;
  const action = method === 'GET' || method === 'DELETE' ? route.methods[method] : undefined;
  if (action === undefined) {
    const allowed = Object.keys(route.methods).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
    res.setHeader('Allow', allowed.join(', '));
    return sendError(res, 405, 'METHOD_NOT_ALLOWED', `Use ${allowed.join(' or ')} here.`);
  }
  try {
    await action(exchange, route.pattern.exec(path)?.[1] ?? '');
  } catch (error) {
    if (error instanceof BadRequestError || error instanceof UnknownMailError) {
      return sendError(res, 400, 'BAD_REQUEST', error.message);
    }
    if (error instanceof TooManyWaitersError) return sendError(res, 503, 'TOO_MANY_WAITING', error.message);
    throw error;
  }
}

function showPage({ res }: Exchange): void {
  res.setHeader('Content-Security-Policy', mailPageSecurityPolicy);
  send(res, 200, 'text/html; charset=utf-8', mailPage);
}

function listMessages({ res, query, store, maxListed }: Exchange): void {
  const limit = readInteger(query, 'limit', { least: 1, most: maxListed, otherwise: 100 });
  sendJson(res, 200, { messages: store.list(readFilter(query), limit).map(summarize) });
}

function deleteMessages({ res, store }: Exchange): void {
  sendJson(res, 200, { deleted: store.clear() });
}

async function waitForMessage({ res, query, store, stopping }: Exchange): Promise<void> {
  const timeoutMs = readInteger(query, 'timeoutMs', { least: 0, most: maxWaitMs, otherwise: 10_000 });
  const gone = new AbortController();
  const leave = () => gone.abort();
  res.once('close', leave);
  const mail = await store.waitFor(readFilter(query), timeoutMs, AbortSignal.any([gone.signal, stopping]));
  res.off('close', leave);
  if (gone.signal.aborted) return;
  if (mail === null) return sendError(res, 404, 'NOT_CAUGHT', `No such mail came within ${timeoutMs} ms.`);
  sendJson(res, 200, withoutRaw(mail));
}

function showMessage({ res, store }: Exchange, id: string): void {
  const mail = store.get(id);
  if (mail === null) return sendUnknownMail(res);
  sendJson(res, 200, withoutRaw(mail));
}

function deleteMessage({ res, store }: Exchange, id: string): void {
  if (!store.delete(id)) return sendUnknownMail(res);
  sendJson(res, 200, { deleted: 1 });
}

function showRaw({ res, store }: Exchange, id: string): void {
  const mail = store.get(id);
  if (mail === null) return sendUnknownMail(res);
  res.setHeader('Content-Disposition', `attachment; filename="${mail.id}.eml"`);
  send(res, 200, 'message/rfc822', mail.raw);
}

/** A document of its own instead of `srcdoc`, which would inherit the page's policy and lose the mail's styles. */
function showHtml({ res, store }: Exchange, id: string): void {
  const mail = store.get(id);
  if (mail === null) return sendUnknownMail(res);
  res.setHeader('Content-Security-Policy', mailSecurityPolicy);
  const base = '<base target="_blank">';
  const html = mail.html ?? '';
  const placed = /<head[^>]*>/iu.test(html)
    ? html.replace(/<head[^>]*>/iu, (head) => head + base)
    : base + html;
  send(res, 200, 'text/html; charset=utf-8', placed);
}

function readFilter(query: URLSearchParams): MailFilter {
  const filter: MailFilter = {};
  for (const name of ['to', 'subject', 'after'] as const) {
    const value = query.get(name);
    if (value !== null && value !== '') filter[name] = value;
  }
  return filter;
}

function readInteger(
  query: URLSearchParams,
  name: string,
  { least, most, otherwise }: { least: number; most: number; otherwise: number },
): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const value = /^\d{1,9}$/u.test(text) ? Number(text) : NaN;
  if (value >= least && value <= most) return value;
  throw new BadRequestError(`${name} must be a whole number from ${least} to ${most}.`);
}

function withoutRaw({ raw: _raw, ...mail }: CaughtMail): Omit<CaughtMail, 'raw'> {
  return mail;
}

function sendUnknownMail(res: ServerResponse): void {
  sendError(
    res,
    404,
    'UNKNOWN_MAIL',
    'No such mail is kept: it was deleted, dropped for newer ones, or never came.',
  );
}

function sendError(res: ServerResponse, status: number, code: string, message: string): void {
  sendJson(res, status, { error: { code, message } });
}

function sendJson(res: ServerResponse, status: number, body: object): void {
  send(res, status, 'application/json; charset=utf-8', JSON.stringify(body));
}

function send(res: ServerResponse, status: number, contentType: string, body: string | Buffer): void {
  res.writeHead(status, { 'Content-Type': contentType, 'Content-Length': Buffer.byteLength(body) }).end(body);
}

function splitUrl(url: string): string[] {
  const at = url.indexOf('?');
  return at === -1 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}
