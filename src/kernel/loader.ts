import DataLoader from 'dataloader';
import type { Context } from './context.js';

const loadersOf = new WeakMap<Context, Map<string, DataLoader<string, unknown>>>();

/**
 * A function that loads things by id, collecting the ids asked for in one turn into one query. What it loads
 * is remembered as long as the context lives: one operation, or one delivered event.
 */
export function batchLoader<T extends { id: string }>(
  name: string,
  load: (ctx: Context, ids: string[]) => Promise<T[]>,
): (ctx: Context, id: string) => Promise<T | null> {
  return (ctx, id) => {
    const loaders = loadersOf.get(ctx) ?? new Map<string, DataLoader<string, unknown>>();
    loadersOf.set(ctx, loaders);
    let loader = loaders.get(name) as DataLoader<string, T | null> | undefined;
    if (!loader) {
      loader = new DataLoader<string, T | null>(async (ids) => {
        const found = new Map((await load(ctx, [...ids])).map((thing) => [thing.id, thing]));
        return ids.map((wanted) => found.get(wanted) ?? null);
      });
      loaders.set(name, loader);
    }
    return loader.load(id);
  };
}
