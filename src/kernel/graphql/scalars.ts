import { GraphQLScalarType, Kind, type ValueNode } from 'graphql';
import { GraphQLDateTimeISO } from 'graphql-scalars';
import { isUuid } from '../ids.js';

function parseUuid(value: unknown): string {
  if (typeof value !== 'string' || !isUuid(value)) throw new TypeError('UUID must be like 0198c2f0-….');
  return value.toLowerCase();
}

/** A UUID in lower case (RFC 9562). Outgoing ones come from our own columns and are not checked again. */
export const UuidScalar = new GraphQLScalarType<string, string>({
  name: 'UUID',
  description: 'A UUID (RFC 9562). Those that Toolbox makes are version 7 and sort by creation.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc9562',
  serialize: (value) => value as string,
  parseValue: parseUuid,
  parseLiteral: (node: ValueNode) => parseUuid(node.kind === Kind.STRING ? node.value : null),
});

/** A moment in UTC as ISO 8601 with milliseconds. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'A moment, as ISO 8601 in UTC with milliseconds: 2026-11-20T09:30:00.000Z.',
});
