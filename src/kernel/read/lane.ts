import {
  getVariableValues,
  Kind,
  OperationTypeNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { Actor } from '../actor.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../logger.js';
import { conditionalVariables } from './conditional-variables.js';
import { bindPlan, OperationPlanner, type OperationPlan } from './operation-plan.js';
import { createPlanVariants, type PlanVariants } from './plan-variants.js';
import type { ReadPool } from './read-pool.js';
import type { ReadableRoot } from './readable.js';

/** The lane answers an operation, whole, or declines it with null. */
export interface PreparedOperation {
  /** @returns the JSON of `data`, or null: then the resolvers answer. */
  run(actor: Actor, variables: Record<string, unknown> | null | undefined): Promise<string | null>;
}

export interface Lane {
  /** Operations answered so far. */
  readonly answered: number;
  /** Plans an operation of a document that has been validated; null when the lane can never answer it. */
  prepare(document: DocumentNode, operationName: string | null | undefined): PreparedOperation | null;
}

export interface LaneDeps {
  schema: GraphQLSchema;
  roots: ReadableRoot[];
  pool: ReadPool;
  clock: Clock;
  /** See `DatabaseOptions.orgPredicates`. */
  orgPredicates: boolean;
  log: Logger;
}

/** Answers queries from their SQL to their JSON, without objects in between, as the resolvers would. */
export function createLane({ schema, roots, pool, clock, orgPredicates, log }: LaneDeps): Lane {
  const planner = new OperationPlanner({ schema, roots, orgPredicates });
  let answered = 0;

  /** @throws when a read fails. */
  async function runPlan(
    plan: OperationPlan,
    actor: Actor,
    variables: Record<string, unknown>,
  ): Promise<string | null> {
    const bound = bindPlan(plan, actor, variables, clock.now());
    if (!bound) return null;
    const user = actor.kind === 'user' ? actor : null;
    const scope = { orgId: user?.membership?.orgId ?? null, userId: user?.userId ?? null };
    const reads = bound.map((part) =>
      typeof part === 'string'
        ? Promise.resolve(part)
        : pool.read(scope, part.statement, part.values).then(part.write),
    );
    const values = await Promise.all(reads);
    let text = '{';
    for (const [index, { lead }] of plan.entries()) {
      const value = values[index];
      if (value == null) return null;
      text += lead + value;
    }
    answered += 1;
    return `${text}}`;
  }

  async function run(
    { variableDefinitions = [] }: OperationDefinitionNode,
    variants: PlanVariants,
    actor: Actor,
    given: Record<string, unknown> | null | undefined,
  ): Promise<string | null> {
    const { coerced } = getVariableValues(schema, variableDefinitions, given ?? {});
    const plan = coerced && variants(coerced);
    if (!plan) return null;
    try {
      return await runPlan(plan, actor, coerced);
    } catch (error) {
      // Too slow, too busy, or a lost connection: the ordinary pool has longer, and the words for it.
      log.debug({ err: error }, 'the read lane declined');
      return null;
    }
  }

  return {
    get answered() {
      return answered;
    },
    prepare(document, operationName) {
      const operation = findOperation(document, operationName);
      if (operation?.operation !== OperationTypeNode.QUERY) return null;
      const fragments = fragmentsOf(document);
      const conditionals = conditionalsOf(document, operation);
      const variants = createPlanVariants(conditionals, (variables) =>
        planner.plan(operation, fragments, variables),
      );
      if (conditionals.length === 0 && !variants({})) return null;
      return { run: (actor, given) => run(operation, variants, actor, given) };
    },
  };
}

function findOperation(
  document: DocumentNode,
  name: string | null | undefined,
): OperationDefinitionNode | null {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (name == null) return operations.length === 1 ? (operations[0] ?? null) : null;
  return operations.find((operation) => operation.name?.value === name) ?? null;
}

function fragmentsOf(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION);
  return Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
}

/** The variables of the operation's conditions; the document's other operations have conditions of their own. */
function conditionalsOf(
  document: DocumentNode,
  { variableDefinitions = [] }: OperationDefinitionNode,
): string[] {
  const declared = new Set(variableDefinitions.map(({ variable }) => variable.name.value));
  return conditionalVariables(document).filter((name) => declared.has(name));
}
