import type { FieldNode, SelectionSetNode } from 'graphql';
import { collectFields, type SelectionScope } from './selection.js';

/** Writes a value as JSON. */
export type Writer<T> = (value: T) => string;

/**
 * Makes the writer of a selection on an object: keys in the order of their first mention, each value by the
 * writer that `fieldWriter` gives. Null when it gives none for some field.
 */
export function compileObject<T>(
  scope: SelectionScope,
  typeName: string,
  sets: readonly SelectionSetNode[],
  fieldWriter: (fieldName: string, nodes: FieldNode[]) => Writer<T> | null,
): Writer<T> | null {
  const leads: string[] = [];
  const writers: Writer<T>[] = [];
  const typename = JSON.stringify(typeName);
  for (const [responseName, nodes] of collectFields(scope, typeName, sets)) {
    const fieldName = nodes[0]?.name.value ?? '';
    const write = fieldName === '__typename' ? () => typename : fieldWriter(fieldName, nodes);
    if (!write) return null;
    leads.push(`${leads.length === 0 ? '' : ','}${JSON.stringify(responseName)}:`);
    writers.push(write);
  }
  return (value) => {
    let text = '{';
    for (let index = 0; index < writers.length; index += 1) {
      text += leads[index];
      text += (writers[index] as Writer<T>)(value);
    }
    return `${text}}`;
  };
}
