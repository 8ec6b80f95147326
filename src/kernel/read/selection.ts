import {
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  getDirectiveValues,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionSetNode,
  isAbstractType,
} from 'graphql';

/** What a selection needs beside itself: fragments, and the variables that @include and @skip look at. */
export interface SelectionScope {
  schema: GraphQLSchema;
  fragments: Record<string, FragmentDefinitionNode>;
  variables: Record<string, unknown>;
}

/** The fields to answer under one response name, to be merged (GraphQL, section 6.3.2). */
export type CollectedFields = Map<string, FieldNode[]>;

function isIncluded(scope: SelectionScope, node: Parameters<typeof getDirectiveValues>[1]): boolean {
  if (!node.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, scope.variables);
  if (skip?.['if'] === true) return false;
  const include = getDirectiveValues(GraphQLIncludeDirective, node, scope.variables);
  return include?.['if'] !== false;
}

function concerns(scope: SelectionScope, typeName: string, condition: string | undefined): boolean {
  if (condition === undefined || condition === typeName) return true;
  const type = scope.schema.getType(condition);
  const own = scope.schema.getType(typeName);
  if (!type || !isAbstractType(type) || !own || !('getFields' in own)) return false;
  return scope.schema.isSubType(type, own as never);
}

/** The fields of a type that the selection sets ask for, in the order of their first mention. */
export function collectFields(
  scope: SelectionScope,
  typeName: string,
  sets: readonly SelectionSetNode[],
): CollectedFields {
  const fields: CollectedFields = new Map();
  const visited = new Set<string>();

  function visit(set: SelectionSetNode): void {
    for (const node of set.selections) {
      if (!isIncluded(scope, node)) continue;
      if (node.kind === Kind.FIELD) {
        const name = node.alias?.value ?? node.name.value;
        const same = fields.get(name);
        if (same) same.push(node);
        else fields.set(name, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (concerns(scope, typeName, node.typeCondition?.name.value)) visit(node.selectionSet);
      } else if (!visited.has(node.name.value)) {
        visited.add(node.name.value);
        const fragment = scope.fragments[node.name.value];
        if (fragment && concerns(scope, typeName, fragment.typeCondition.name.value))
          visit(fragment.selectionSet);
      }
    }
  }

  for (const set of sets) visit(set);
  return fields;
}

/** The sub-selections of fields that share a response name. */
export function subSelections(nodes: readonly FieldNode[]): SelectionSetNode[] {
  return nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
}
