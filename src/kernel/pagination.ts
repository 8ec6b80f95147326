import type { EntityClass, FilterOptions, FilterQuery, SqlEntityManager } from '@mikro-orm/postgresql';
import { CursorInvalidError, InvalidInputError } from './errors.js';
import { isUuid } from './ids.js';

export const defaultPageSize = 20;
export const maxPageSize = 100;

/** The arguments of the Relay cursor specification: forward with first/after, backward with last/before. */
export interface PageArgs {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

export interface Connection<T> {
  edges: Edge<T>[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** What newest-first lists are ordered by. */
export interface Creation {
  id: string;
  createdAt: Date;
}

/** The place of a row in a newest-first list: its creation time in milliseconds and its id. */
export function encodeKeysetCursor({ createdAt, id }: Creation): string {
  return Buffer.from(`${createdAt.getTime().toString(36)}.${id}`).toString('base64url');
}

/** @throws CursorInvalidError for anything that {@link encodeKeysetCursor} did not make. */
export function decodeKeysetCursor(cursor: string, field: 'after' | 'before'): Creation {
  const [time = '', id = '', rest] = Buffer.from(cursor, 'base64url').toString().split('.');
  const createdAt = new Date(Number.parseInt(time, 36));
  if (
    rest !== undefined ||
    !/^[0-9a-z]{1,9}$/.test(time) ||
    !isUuid(id) ||
    Number.isNaN(createdAt.getTime())
  ) {
    throw new CursorInvalidError(field);
  }
  const decoded = { createdAt, id };
  // Decoding is lenient: foreign characters are skipped.
  if (encodeKeysetCursor(decoded) !== cursor) throw new CursorInvalidError(field);
  return decoded;
}

/** What the arguments of a connection ask for. */
export interface PageRequest {
  size: number;
  backward: boolean;
  from: Creation | null;
}

/** @throws InvalidInputError, CursorInvalidError */
export function readPageArgs({ first, after, last, before }: PageArgs): PageRequest {
  const backward = last != null || (before != null && first == null);
  if (first != null && last != null)
    throw InvalidInputError.field('last', 'cannot be given together with first');
  if (backward && after != null)
    throw InvalidInputError.field('after', 'cannot be given when paging backward');
  if (!backward && before != null)
    throw InvalidInputError.field('before', 'cannot be given when paging forward');
  const size = (backward ? last : first) ?? defaultPageSize;
  if (!Number.isInteger(size) || size < 0 || size > maxPageSize) {
    throw InvalidInputError.field(backward ? 'last' : 'first', `must be between 0 and ${maxPageSize}`);
  }
  const cursor = backward ? before : after;
  const from = cursor == null ? null : decodeKeysetCursor(cursor, backward ? 'before' : 'after');
  return { size, backward, from };
}

/** Rows before or after a place. The plain bound first, so that the index gives the range. */
function keysetWhere({ createdAt, id }: Creation, older: boolean): object {
  const [bound, strict] = older ? ['$lte', '$lt'] : ['$gte', '$gt'];
  return {
    createdAt: { [bound]: createdAt },
    $or: [{ createdAt: { [strict]: createdAt } }, { createdAt, id: { [strict]: id } }],
  };
}

/** A page of a newest-first list, by keyset: as fast on the last page as on the first. */
export async function newestFirstPage<T extends Creation>(
  em: SqlEntityManager,
  entity: EntityClass<T>,
  where: FilterQuery<NoInfer<T>>,
  args: PageArgs,
  options: { filters?: FilterOptions } = {},
): Promise<Connection<T>> {
  const { size, backward, from } = readPageArgs(args);
  const direction = backward ? 'asc' : 'desc';
  const conditions = from ? { $and: [where, keysetWhere(from, !backward)] } : where;
  const rows = await em.find(entity, conditions as FilterQuery<NoInfer<T>>, {
    orderBy: { createdAt: direction, id: direction } as never,
    limit: size + 1,
    ...options,
  });
  const hasMore = rows.length > size;
  const nodes = rows.slice(0, size) as T[];
  if (backward) nodes.reverse();
  const edges = nodes.map((node) => ({ cursor: encodeKeysetCursor(node), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: backward ? from !== null : hasMore,
      hasPreviousPage: backward ? hasMore : from !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
