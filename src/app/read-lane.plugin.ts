import { HeaderMap, type ApolloServerPlugin } from '@apollo/server';
import type { DocumentNode, FormattedExecutionResult } from 'graphql';
import type { Lane, PreparedOperation } from '../kernel/read/lane.js';
import type { GraphqlContext } from './graphql-context.js';
import { operationKey, type KnownOperations } from './graphql-http.js';

/** Of a document's text, plan and statement together, about. */
const bytesPerCharacter = 16;

/** `data` that is already JSON. */
export class JsonText {
  constructor(readonly json: string) {}
}

/** Apollo's `stringifyResult`: splices in what the lane has written. */
export function stringifyResult(result: FormattedExecutionResult): string {
  const data: unknown = result.data;
  return data instanceof JsonText ? `{"data":${data.json}}\n` : `${JSON.stringify(result)}\n`;
}

/** The plans of documents, by the document that Apollo has parsed and validated once. */
export function createLanePlans(lane: Lane) {
  const plans = new WeakMap<DocumentNode, Map<string | null, PreparedOperation | null>>();
  return (document: DocumentNode, operationName: string | null | undefined): PreparedOperation | null => {
    const byName = plans.get(document) ?? new Map<string | null, PreparedOperation | null>();
    plans.set(document, byName);
    const key = operationName ?? null;
    const known = byName.get(key);
    if (known !== undefined) return known;
    const plan = lane.prepare(document, operationName);
    byName.set(key, plan);
    return plan;
  };
}

export type LanePlans = ReturnType<typeof createLanePlans>;

/**
 * Answers operations that the lane covers, whole; everything else goes through the resolvers. What it has
 * answered is known from then on, and needs no Apollo any more.
 */
export function readLanePlugin(
  planOf: LanePlans,
  known: KnownOperations,
): ApolloServerPlugin<GraphqlContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async responseForOperation({ document, request, source, contextValue }) {
          const operation = planOf(document, request.operationName);
          const json = await operation?.run(contextValue.actor, request.variables);
          if (!operation || json == null) return null;
          const key = operationKey(source, request.operationName);
          known.set(key, operation, key.length * bytesPerCharacter);
          const data = new JsonText(json) as unknown as Record<string, unknown>;
          const http = { status: undefined, headers: new HeaderMap() };
          return { http, body: { kind: 'single', singleResult: { data } } };
        },
      }),
  };
}
