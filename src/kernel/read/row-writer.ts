import type { FieldNode, SelectionSetNode } from 'graphql';
import { compileObject, type Writer } from './object-writer.js';
import type { TextRow } from './read-batch.js';
import type { Readable } from './readable.js';
import { subSelections, type SelectionScope } from './selection.js';

/** The columns and joins of a statement, gathered while its writers are made. */
export class StatementShape {
  readonly columns: string[] = [];
  readonly joins: string[] = [];
  readonly #aliases = new Map<string, string>();

  /** @returns where the column stands in the row. */
  column(expression: string): number {
    const known = this.columns.indexOf(expression);
    return known === -1 ? this.columns.push(expression) - 1 : known;
  }

  /** The row of a table whose column equals what a reference holds. @returns the alias of the joined table. */
  join(table: string, column: string, reference: string): string {
    const key = `${table}.${column} = ${reference}`;
    const known = this.#aliases.get(key);
    if (known !== undefined) return known;
    const alias = `j${this.#aliases.size}`;
    this.#aliases.set(key, alias);
    this.joins.push(`join ${table} ${alias} on ${alias}.${column} = ${reference}`);
    return alias;
  }
}

/** Makes the writer of a type's selection; null when it asks for something that the lane does not know. */
export function compileRowWriter(
  scope: SelectionScope,
  type: Readable,
  sets: readonly SelectionSetNode[],
  shape: StatementShape,
  alias: string,
): Writer<TextRow> | null {
  return compileObject<TextRow>(scope, type.typeName, sets, (fieldName, nodes) =>
    compileField(scope, type, fieldName, nodes, shape, alias),
  );
}

function compileField(
  scope: SelectionScope,
  type: Readable,
  fieldName: string,
  nodes: FieldNode[],
  shape: StatementShape,
  alias: string,
): Writer<TextRow> | null {
  const field = type.fields[fieldName];
  if (!field) return null;
  if (field.kind === 'column') {
    const position = shape.column(`${alias}.${field.column}`);
    const { write } = field;
    return (row) => {
      const text = row[position] as string | null;
      return text === null ? 'null' : write(text);
    };
  }
  const { column, references } = field.on;
  const joined = shape.join(field.type().table, references, `${alias}.${column}`);
  return compileRowWriter(scope, field.type(), subSelections(nodes), shape, joined);
}
