import { getArgumentValues, type FieldNode, type GraphQLField } from 'graphql';
import type { UserActor } from '../actor.js';
import { AppError } from '../errors.js';
import { encodeKeysetCursor, readPageArgs, type PageRequest } from '../pagination.js';
import type { ReadStatement, TextRow } from './read-batch.js';
import { compileObject, type Writer } from './object-writer.js';
import { isoTimestamp, type Bind, type ReadableRoot, type ReadRequest } from './readable.js';
import { compileRowWriter, StatementShape } from './row-writer.js';
import { subSelections, type SelectionScope } from './selection.js';

/** A statement with its values, and what becomes of its rows. */
export interface BoundRead {
  statement: ReadStatement;
  values: (string | null)[];
  /** The JSON of the field's value; null declines. */
  write: (rows: TextRow[]) => string | null;
}

/** One root field of one document: binds it to an actor and variables; null declines. */
export type RootPlan = (actor: UserActor, variables: Record<string, unknown>, now: Date) => BoundRead | null;

export interface RootPlanDeps {
  scope: SelectionScope;
  root: ReadableRoot;
  field: GraphQLField<unknown, unknown>;
  nodes: FieldNode[];
  /** See `DatabaseOptions.orgPredicates`. */
  orgPredicates: boolean;
  /** Gives each statement text its name. */
  statementOf: (text: string) => ReadStatement;
}

type ArgumentsReader = (variables: Record<string, unknown>) => Record<string, unknown>;

/** Makes the plan of a root field, or null when the lane does not cover its selection. */
export function planRoot(deps: RootPlanDeps): RootPlan | null {
  const [node] = deps.nodes;
  if (!node) return null;
  const readArguments: ArgumentsReader = (variables) => getArgumentValues(deps.field, node, variables);
  return deps.root.shape === 'connection'
    ? planConnection(deps, readArguments)
    : planRows(deps, readArguments);
}

function planRows(deps: RootPlanDeps, readArguments: ArgumentsReader): RootPlan | null {
  const { scope, root, nodes, statementOf } = deps;
  const shape = new StatementShape();
  const write = compileRowWriter(scope, root.type, subSelections(nodes), shape, 't');
  if (!write) return null;
  const tail = root.list ? ` order by ${root.list.orderBy} limit ${root.list.limit}` : ' limit 1';
  const isList = root.shape === 'list';
  return (actor, variables, now) => {
    const values: (string | null)[] = [];
    const request = { actor, args: readArguments(variables), now, bind: binder(values) };
    const conditions = conditionsOf(deps, request);
    if (!conditions) return null;
    return {
      statement: statementOf(selectText(shape, root, conditions) + tail),
      values,
      write(rows) {
        if (isList) return `[${rows.map(write).join(',')}]`;
        return rows[0] ? write(rows[0]) : null;
      },
    };
  };
}

function planConnection(deps: RootPlanDeps, readArguments: ArgumentsReader): RootPlan | null {
  const { root, statementOf } = deps;
  const shape = new StatementShape();
  const writePage = compileConnection(deps, shape);
  if (!writePage) return null;
  return (actor, variables, now) => {
    const args = readArguments(variables);
    const page = pageOf(args);
    if (!page) return null;
    const values: (string | null)[] = [];
    const bind = binder(values);
    const conditions = conditionsOf(deps, { actor, args, now, bind });
    if (!conditions) return null;
    if (page.from) conditions.push(keysetCondition(page, bind));
    const direction = page.backward ? 'asc' : 'desc';
    // In the text: a limit that the planner cannot see makes it prepare for a tenth of the table.
    const order = ` order by t.created_at ${direction}, t.id ${direction} limit ${page.size + 1}`;
    return {
      statement: statementOf(selectText(shape, root, conditions) + order),
      values,
      write: (rows) => writePage(rows, page),
    };
  };
}

function conditionsOf({ root, orgPredicates }: RootPlanDeps, request: ReadRequest): string[] | null {
  const { membership } = request.actor;
  if (root.within === 'account') return root.conditions(request);
  if (!membership) return null;
  const column = root.type.table === 'organization' ? 't.id' : 't.org_id';
  const own = orgPredicates ? [`${column} = ${request.bind(membership.orgId)}`] : ['true'];
  const conditions = root.conditions(request);
  return conditions && [...own, ...conditions];
}

function pageOf(args: Record<string, unknown>): PageRequest | null {
  try {
    return readPageArgs(args);
  } catch (error) {
    // The resolvers say it in words.
    if (error instanceof AppError) return null;
    throw error;
  }
}

function keysetCondition({ from, backward }: PageRequest, bind: Bind): string {
  const createdAt = bind(from?.createdAt.toISOString() ?? null);
  return `(t.created_at, t.id) ${backward ? '>' : '<'} (${createdAt}::timestamptz, ${bind(from?.id ?? null)}::uuid)`;
}

function binder(values: (string | null)[]): Bind {
  return (value) => `$${values.push(value)}`;
}

function selectText(shape: StatementShape, root: ReadableRoot, conditions: string[]): string {
  const columns = shape.columns.length > 0 ? shape.columns.join(', ') : '1';
  const joins = shape.joins.length > 0 ? ` ${shape.joins.join(' ')}` : '';
  return `select ${columns} from ${root.type.table} t${joins} where ${conditions.join(' and ')}`;
}

interface Page {
  rows: TextRow[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
}

type PageWriter = (rows: TextRow[], page: PageRequest) => string;

/** The writers of `edges`, `pageInfo` and what is below them. */
function compileConnection({ scope, root, nodes }: RootPlanDeps, shape: StatementShape): PageWriter | null {
  const { typeName } = root.type;
  const createdAt = shape.column('t.created_at');
  const id = shape.column('t.id');
  const cursorOf = (row: TextRow) =>
    `"${encodeKeysetCursor({ createdAt: new Date(isoTimestamp(row[createdAt] ?? '')), id: row[id] ?? '' })}"`;

  const pageInfo = pageInfoFields(cursorOf);
  const edgeFields = (fieldName: string, fieldNodes: FieldNode[]): Writer<TextRow> | null => {
    if (fieldName === 'cursor') return cursorOf;
    return fieldName === 'node'
      ? compileRowWriter(scope, root.type, subSelections(fieldNodes), shape, 't')
      : null;
  };
  const writePage = compileObject<Page>(
    scope,
    `${typeName}Connection`,
    subSelections(nodes),
    (fieldName, fieldNodes) => {
      const sets = subSelections(fieldNodes);
      if (fieldName === 'pageInfo') return compileObject<Page>(scope, 'PageInfo', sets, pageInfo);
      if (fieldName !== 'edges') return null;
      const writeEdge = compileObject<TextRow>(scope, `${typeName}Edge`, sets, edgeFields);
      return writeEdge && (({ rows }) => `[${rows.map(writeEdge).join(',')}]`);
    },
  );
  return writePage && ((found, page) => writePage(cutPage(found, page)));
}

function pageInfoFields(cursorOf: Writer<TextRow>): (fieldName: string) => Writer<Page> | null {
  const cursorAt = (row: TextRow | undefined) => (row ? cursorOf(row) : 'null');
  const writers = new Map<string, Writer<Page>>([
    ['hasNextPage', (page) => String(page.hasNextPage)],
    ['hasPreviousPage', (page) => String(page.hasPreviousPage)],
    ['startCursor', (page) => cursorAt(page.rows[0])],
    ['endCursor', (page) => cursorAt(page.rows.at(-1))],
  ]);
  return (fieldName) => writers.get(fieldName) ?? null;
}

/** One row more than the page was asked for: it says that there are more. */
function cutPage(found: TextRow[], { size, backward, from }: PageRequest): Page {
  const hasMore = found.length > size;
  const rows = hasMore ? found.slice(0, size) : found;
  if (backward) rows.reverse();
  return {
    rows,
    hasNextPage: backward ? from !== null : hasMore,
    hasPreviousPage: backward ? hasMore : from !== null,
  };
}
