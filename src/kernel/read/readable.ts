import type { UserActor } from '../actor.js';

/** Writes one column's text, as PostgreSQL sends it, as JSON. */
export type ColumnWriter = (text: string) => string;

/** A field that is one column. */
export interface ReadableColumn {
  kind: 'column';
  column: string;
  write: ColumnWriter;
}

/** A field that is the row behind a reference; never null. */
export interface ReadableOne {
  kind: 'one';
  /** The referencing column of this table, and the referenced one. */
  on: { column: string; references: string };
  type: () => Readable;
}

export type ReadableField = ReadableColumn | ReadableOne;

/** A GraphQL type that the fast lane can read: its table, and what its fields are. */
export interface Readable {
  typeName: string;
  table: string;
  fields: Record<string, ReadableField>;
}

/** Binds a value and gives its placeholder. */
export type Bind = (value: string | null) => string;

/** One request of a root field. */
export interface ReadRequest {
  actor: UserActor;
  args: Record<string, unknown>;
  now: Date;
  bind: Bind;
}

/**
 * What a root field asks of its table: conditions that all hold, on the table's alias `t`. Null declines, also
 * for what would be an error: the resolvers know the words.
 */
export type Conditions = (request: ReadRequest) => string[] | null;

/** A field of Query that the lane can answer. Whatever it declines (null) goes through the resolvers. */
export interface ReadableRoot {
  field: string;
  type: Readable;
  shape: 'connection' | 'list' | 'one';
  /**
   * `organization`: only rows of the active organization, and declined without one; the lane adds the predicate
   * beside row-level security. `account`: the conditions name the account.
   */
  within: 'organization' | 'account';
  conditions: Conditions;
  /** Of lists: their order and how many at most. Connections are newest first, by keyset. */
  list?: { orderBy: string; limit: number };
}

const quoted: ColumnWriter = (text) => `"${text}"`;

/** A UUID, or other text that needs no escaping. */
export function plainColumn(column: string): ReadableColumn {
  return { kind: 'column', column, write: quoted };
}

/** What JSON has to escape: quote, backslash, and what is below the space. PostgreSQL stores no lone surrogates. */
const escaped = /[^ !#-[\]-\uffff]/;

export function textColumn(column: string): ReadableColumn {
  return {
    kind: 'column',
    column,
    write: (text) => (escaped.test(text) ? JSON.stringify(text) : `"${text}"`),
  };
}

/** An integer within JavaScript's safe ones. */
export function integerColumn(column: string): ReadableColumn {
  return { kind: 'column', column, write: (text) => text };
}

export function booleanColumn(column: string): ReadableColumn {
  return { kind: 'column', column, write: (text) => (text === 't' ? 'true' : 'false') };
}

/** `2026-11-20 09:30:00.5+00`, as a session in UTC prints a timestamptz(3), to ISO 8601 with milliseconds. */
export function isoTimestamp(text: string): string {
  return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0')}Z`;
}

export function timestampColumn(column: string): ReadableColumn {
  return { kind: 'column', column, write: (text) => `"${isoTimestamp(text)}"` };
}

/** An enum whose GraphQL names stand for the column's values. */
export function enumColumn(column: string, values: Record<string, string>): ReadableColumn {
  const names = new Map(Object.entries(values).map(([name, value]) => [value, `"${name}"`]));
  return {
    kind: 'column',
    column,
    write(text) {
      const name = names.get(text);
      if (name === undefined) throw new Error(`${column} holds ${text}, which the schema does not name.`);
      return name;
    },
  };
}

export function one(type: () => Readable, column: string, references = 'id'): ReadableOne {
  return { kind: 'one', type, on: { column, references } };
}
