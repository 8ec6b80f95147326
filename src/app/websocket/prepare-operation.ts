import type { IncomingMessage } from 'node:http';
import {
  getOperationAST,
  GraphQLError,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import { AccessTokenRefusedError } from '../../domains/accounts/index.js';
import type { ClientInfo } from '../../kernel/context.js';
import { AppError } from '../../kernel/errors.js';
import { LruCache } from '../../kernel/lru-cache.js';
import type { GraphqlContext, GraphqlContextFactory } from '../graphql-context.js';
import { maxTokens } from '../graphql-server.js';
import type { OpenSocket, OpenSockets } from './open-sockets.js';

/** At once on one socket. */
export const maxOperationsPerSocket = 50;

const maxKnownDocumentBytes = 8 * 1024 * 1024;
/** Of a document's text and its tree together, about. */
const bytesPerCharacter = 32;

export interface PrepareOperationDeps {
  schema: GraphQLSchema;
  introspection: boolean;
  openSockets: OpenSockets;
  createContext: GraphqlContextFactory;
  clientOf: (request: IncomingMessage) => ClientInfo;
  newRequestId: () => string;
}

/** What `execute` and `subscribe` of graphql-js take, and the socket that it is for, which counts it already. */
export interface SocketOperation extends ExecutionArgs {
  open: OpenSocket;
  contextValue: GraphqlContext;
}

export interface SocketRequest {
  open: OpenSocket;
  request: IncomingMessage;
  payload: SubscribePayload;
  /** How many operations the client has under way on the socket. */
  underWay: number;
}

export type PrepareOperation = (
  request: SocketRequest,
) => { context: GraphqlContext } & ({ operation: SocketOperation } | { errors: readonly GraphQLError[] });

class TooManyOperationsError extends AppError {
  constructor() {
    super(
      'BUSY',
      'unavailable',
      `This socket has ${maxOperationsPerSocket} operations under way. Wait for one to end, or end one, and repeat.`,
      { retryAfterSeconds: 1 },
    );
  }
}

/** Parses and validates as it is done over HTTP, once for each text. @throws the errors of the document */
function createDocuments(schema: GraphQLSchema, introspection: boolean): (query: string) => DocumentNode {
  const known = new LruCache<DocumentNode>(maxKnownDocumentBytes);
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  return (query) => {
    const before = known.get(query);
    if (before) return before;
    const document = parseDocument(query);
    const errors = validate(schema, document, rules);
    if (errors.length > 0) throw new DocumentErrors(errors);
    known.set(query, document, query.length * bytesPerCharacter);
    return document;
  };
}

class DocumentErrors extends Error {
  constructor(readonly errors: readonly GraphQLError[]) {
    super('The document is refused.');
  }
}

function parseDocument(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const { message, source, positions } = error;
    const extensions = { code: 'GRAPHQL_PARSE_FAILED' };
    throw new DocumentErrors([new GraphQLError(message, { source, positions, extensions })]);
  }
}

function checkOperationName(document: DocumentNode, name: string | null | undefined): void {
  if (getOperationAST(document, name)) return;
  const message =
    name == null
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${name}".`;
  throw new DocumentErrors([
    new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }),
  ]);
}

function errorsOf(error: unknown): readonly GraphQLError[] {
  if (error instanceof DocumentErrors) return error.errors;
  if (error instanceof AppError) return [new GraphQLError(error.message, { originalError: error })];
  throw error;
}

/** Makes what runs of a message that asks for an operation, or says why it does not run: then nothing else fails. */
export function createPrepareOperation(deps: PrepareOperationDeps): PrepareOperation {
  const { schema, introspection, openSockets, createContext, clientOf, newRequestId } = deps;
  const documentOf = createDocuments(schema, introspection);
  return ({ open, request, payload, underWay }) => {
    const context = createContext({
      actor: open.actor,
      requestId: newRequestId(),
      client: clientOf(request),
    });
    try {
      if (!openSockets.isGood(open)) throw new AccessTokenRefusedError();
      if (Math.max(underWay, open.executing) >= maxOperationsPerSocket) throw new TooManyOperationsError();
      const { query, operationName, variables } = payload;
      const document = documentOf(query);
      checkOperationName(document, operationName);
      const operation: SocketOperation = {
        schema,
        document,
        operationName: operationName ?? null,
        variableValues: variables ?? null,
        contextValue: context,
        open,
      };
      // From now on, not from when it runs: messages of one packet come in one turn of the event loop.
      open.executing += 1;
      return { context, operation };
    } catch (error) {
      return { context, errors: errorsOf(error) };
    }
  };
}
