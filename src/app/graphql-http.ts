import type { IncomingMessage, ServerResponse } from 'node:http';
import { HeaderMap, type ApolloServer } from '@apollo/server';
import { GraphQLError } from 'graphql';
import { AppError } from '../kernel/errors.js';
import type { Logger } from '../kernel/logger.js';
import type { LruCache } from '../kernel/lru-cache.js';
import type { PreparedOperation } from '../kernel/read/lane.js';
import type { Authenticate } from './authenticate.js';
import type { GraphqlContext, GraphqlContextFactory } from './graphql-context.js';
import { answerJson, type BegunRequest } from './http-request.js';
import { BodyError, readJsonBody } from './json-body.js';

const jsonType = /^application\/json *(;|$)/i;
const json = 'application/json; charset=utf-8';
const graphqlResponse = 'application/graphql-response+json; charset=utf-8';

/**
 * What clients say they accept, and what Apollo would choose for it. A request that says anything else goes
 * through Apollo, which negotiates by the rules.
 */
const answerTypes = new Map([
  ['*/*', json],
  ['application/json', json],
  ['application/json, */*', json],
  ['application/json, text/plain, */*', json],
  ['application/graphql-response+json', graphqlResponse],
  ['application/graphql-response+json, application/json', graphqlResponse],
  ['application/graphql-response+json,application/json;q=0.9', graphqlResponse],
]);

/** Operations whose document has been through Apollo once, by their text: bounded in bytes. */
export type KnownOperations = LruCache<PreparedOperation>;

export interface GraphqlHttpDeps {
  apollo: ApolloServer<GraphqlContext>;
  authenticate: Authenticate;
  createContext: GraphqlContextFactory;
  known: KnownOperations;
  log: Logger;
}

interface GraphqlBody {
  query?: unknown;
  operationName?: unknown;
  variables?: unknown;
  extensions?: unknown;
}

/** What the lane has written, and the media type under which the client takes it. */
interface FastAnswer {
  type: string;
  data: string;
}

/** Whether the thin adapter takes a request: JSON by POST, or a query in the address. The rest goes to Express. */
export function isGraphqlRequest({ method, url, headers }: IncomingMessage): boolean {
  if (method === 'GET') return url?.startsWith('/graphql?') ?? false;
  return method === 'POST' && url === '/graphql' && jsonType.test(headers['content-type'] ?? '');
}

/** The key of an operation among the known ones. */
export function operationKey(query: string, operationName: string | null | undefined): string {
  // With the name's length, so that no other split into name and text gives the same key.
  return operationName == null ? query : `${operationName.length}:${operationName}${query}`;
}

/** In Apollo's form; it would show the words of any other error to the client. */
function presentable(error: unknown, requestId: string, log: Logger): GraphQLError {
  if (error instanceof AppError) {
    const { code, message, details } = error;
    return new GraphQLError(message, { extensions: { code, ...details, http: { status: 401 } } });
  }
  log.error({ err: error, requestId }, 'a request could not be authenticated');
  const extensions = { code: 'INTERNAL_ERROR', requestId, http: { status: 500 } };
  return new GraphQLError('Something failed on our side. Quote the request id when you report it.', {
    extensions,
  });
}

function headersOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

/**
 * `POST /graphql` with JSON. An operation that is known and that the fast lane answers is answered without
 * anything else in between; the rest goes through Apollo, which makes operations known.
 */
export function createGraphqlHttp({ apollo, authenticate, createContext, known, log }: GraphqlHttpDeps) {
  async function fastAnswer(request: BegunRequest, body: unknown): Promise<FastAnswer | null> {
    const { incoming } = request;
    const { query, operationName, variables, extensions } = (body ?? {}) as GraphqlBody;
    if (typeof query !== 'string' || extensions !== undefined) return null;
    if (operationName != null && typeof operationName !== 'string') return null;
    const operation = known.get(operationKey(query, operationName));
    const type = answerTypes.get(incoming.headers.accept ?? '*/*');
    if (!operation || type === undefined) return null;
    if (variables != null && (typeof variables !== 'object' || Array.isArray(variables))) return null;
    const { actor } = await authenticate(incoming.headers.authorization);
    request.actor = actor;
    const data = await operation.run(actor, variables as Record<string, unknown> | null | undefined);
    return data === null ? null : { type, data };
  }

  async function throughApollo(request: BegunRequest, body: unknown): Promise<void> {
    const { incoming, outgoing, requestId, client } = request;
    const search = incoming.url?.slice('/graphql'.length) ?? '';
    const {
      body: answer,
      headers,
      status,
    } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: incoming.method ?? 'POST', headers: headersOf(incoming), search, body },
      context: async () => {
        try {
          const { actor } = await authenticate(incoming.headers.authorization);
          request.actor = actor;
          return createContext({ actor, requestId, client });
        } catch (error) {
          throw presentable(error, requestId, log);
        }
      },
    });
    for (const [name, value] of headers) outgoing.setHeader(name, value);
    outgoing.statusCode = status ?? 200;
    if (answer.kind === 'complete') {
      outgoing.setHeader('content-length', Buffer.byteLength(answer.string));
      outgoing.end(answer.string);
      return;
    }
    for await (const chunk of answer.asyncIterator) outgoing.write(chunk);
    outgoing.end();
  }

  return async function handle(request: BegunRequest): Promise<void> {
    const { outgoing } = request;
    if (request.incoming.method === 'GET') return throughApollo(request, undefined);
    let body: unknown;
    try {
      body = await readJsonBody(request.incoming);
    } catch (error) {
      if (!(error instanceof BodyError)) throw error;
      answerJson(outgoing, error.status, {
        errors: [
          { message: error.message, extensions: { code: 'BAD_REQUEST', requestId: request.requestId } },
        ],
      });
      return;
    }
    const answer = await fastAnswer(request, body).catch((error: unknown) => {
      // Apollo's way says it in the form of its errors.
      if (error instanceof AppError) return null;
      throw error;
    });
    if (answer === null) return throughApollo(request, body);
    answerGraphql(outgoing, answer);
  };
}

function answerGraphql(outgoing: ServerResponse, { type, data }: FastAnswer): void {
  const text = `{"data":${data}}\n`;
  outgoing.writeHead(200, {
    'content-type': type,
    'content-length': Buffer.byteLength(text),
  });
  outgoing.end(text);
}
