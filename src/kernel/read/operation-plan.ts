import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import type { Actor } from '../actor.js';
import { LruCache } from '../lru-cache.js';
import type { ReadStatement } from './read-batch.js';
import type { ReadableRoot } from './readable.js';
import { planRoot, type BoundRead, type RootPlan } from './root-plan.js';
import { collectFields } from './selection.js';

const maxStatementBytes = 4 * 1024 * 1024;
/** Fields that one operation may read at once, so that no request takes the connections from all others. */
const maxReads = 16;

/** The fields of an operation in their order: each with its key, and its read or the JSON that it always is. */
export type OperationPlan = { lead: string; plan: RootPlan | string }[];

export interface OperationPlannerDeps {
  schema: GraphQLSchema;
  roots: ReadableRoot[];
  /** See `DatabaseOptions.orgPredicates`. */
  orgPredicates: boolean;
}

/** Makes the plans of operations, and gives the statements in them their names. */
export class OperationPlanner {
  readonly #deps: OperationPlannerDeps;
  readonly #roots: Map<string, ReadableRoot>;
  readonly #statements = new LruCache<ReadStatement>(maxStatementBytes);
  #statementCount = 0;

  constructor(deps: OperationPlannerDeps) {
    this.#deps = deps;
    this.#roots = new Map(deps.roots.map((root) => [root.field, root]));
  }

  /** @returns null when the lane does not cover some field. */
  plan(
    operation: OperationDefinitionNode,
    fragments: Record<string, FragmentDefinitionNode>,
    variables: Record<string, unknown>,
  ): OperationPlan | null {
    const { schema, orgPredicates } = this.#deps;
    const scope = { schema, fragments, variables };
    const fieldsOfQuery = schema.getQueryType()?.getFields() ?? {};
    const planned: OperationPlan = [];
    let reads = 0;
    for (const [responseName, nodes] of collectFields(scope, 'Query', [operation.selectionSet])) {
      const lead = `${planned.length === 0 ? '' : ','}${JSON.stringify(responseName)}:`;
      const fieldName = nodes[0]?.name.value ?? '';
      if (fieldName === '__typename') {
        planned.push({ lead, plan: '"Query"' });
        continue;
      }
      const root = this.#roots.get(fieldName);
      const field = fieldsOfQuery[fieldName];
      if (!root || !field || (reads += 1) > maxReads) return null;
      const plan = planRoot({ scope, root, field, nodes, orgPredicates, statementOf: this.#statementOf });
      if (!plan) return null;
      planned.push({ lead, plan });
    }
    return planned;
  }

  /** A text that was forgotten gets another name: connections may still know it by the old one. */
  readonly #statementOf = (text: string): ReadStatement => {
    const known = this.#statements.get(text);
    if (known) return known;
    const statement = { name: `read_${(this.#statementCount += 1)}`, text };
    this.#statements.set(text, statement, text.length);
    return statement;
  };
}

/** Binds every field before the first read is sent: what is declined (null) has cost nothing. */
export function bindPlan(
  plan: OperationPlan,
  actor: Actor,
  variables: Record<string, unknown>,
  now: Date,
): (BoundRead | string)[] | null {
  const bound: (BoundRead | string)[] = [];
  for (const { plan: field } of plan) {
    if (typeof field === 'string') {
      bound.push(field);
      continue;
    }
    const read = actor.kind === 'user' ? field(actor, variables, now) : null;
    if (!read) return null;
    bound.push(read);
  }
  return bound;
}
