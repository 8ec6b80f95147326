import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Actor } from '../kernel/actor.js';
import type { ClientInfo } from '../kernel/context.js';
import type { Logger } from '../kernel/logger.js';

const acceptableRequestId = /^[\w.-]{8,64}$/;
const maxUserAgent = 512;

/** A request with the id under which its answer and its log lines can be found. */
export interface BegunRequest {
  incoming: IncomingMessage;
  outgoing: ServerResponse;
  requestId: string;
  client: ClientInfo;
  /** Who asks, once that is known; for the log. */
  actor: Actor | null;
}

/** Ids that no other process gives, without asking for randomness at each request. */
export function createRequestIds(): () => string {
  const prefix = randomBytes(9).toString('base64url');
  let count = 0;
  return () => `${prefix}-${(count += 1).toString(36)}`;
}

export function clientOf(request: IncomingMessage): ClientInfo {
  const userAgent = request.headers['user-agent']?.slice(0, maxUserAgent) ?? null;
  return { address: request.socket.remoteAddress ?? null, userAgent };
}

function pathOf(url: string | undefined): string {
  const path = url ?? '/';
  const query = path.indexOf('?');
  return query === -1 ? path : path.slice(0, query);
}

function whoOf(actor: Actor | null): { userId?: string; orgId?: string } {
  if (actor?.kind !== 'user') return {};
  const { userId, membership } = actor;
  return membership ? { userId, orgId: membership.orgId } : { userId };
}

/** Gives the request its id, says it in the answer, and logs one line when it is answered. */
export function beginRequest(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { newRequestId, log }: { newRequestId: () => string; log: Logger },
): BegunRequest {
  const given = incoming.headers['x-request-id'];
  const requestId = typeof given === 'string' && acceptableRequestId.test(given) ? given : newRequestId();
  outgoing.setHeader('x-request-id', requestId);
  const startedAt = performance.now();
  const { method } = incoming;
  const request: BegunRequest = { incoming, outgoing, requestId, client: clientOf(incoming), actor: null };
  const path = pathOf(incoming.url);
  outgoing.once('finish', () => {
    const ms = Math.round((performance.now() - startedAt) * 10) / 10;
    const who = whoOf(request.actor);
    log.info({ requestId, ...who, method, path, status: outgoing.statusCode, ms }, 'request');
  });
  return request;
}

/** The id that {@link beginRequest} gave, for what only has the response. */
export function requestIdOf(outgoing: ServerResponse): string {
  return String(outgoing.getHeader('x-request-id'));
}

export function answerJson(outgoing: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  outgoing.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
  });
  outgoing.end(text);
}
