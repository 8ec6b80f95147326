/**
 * The fields of an entity that its GraphQL class shows, for `class XType implements Shape<X, 'id' | 'name'>`:
 * a column that changes its type breaks the compilation and not a client.
 */
export type Shape<T, K extends keyof T> = Pick<T, K>;
