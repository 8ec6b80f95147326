import type pg from 'pg';

/**
 * Takes a connection that breaks while it is in use out of the pool at once. The query builder gives a connection back
 * only after a successful commit or rollback, and a broken one does neither: each transaction that loses its connection
 * would hold a place in the pool for ever, and closing the pool would wait for it.
 */
export function dropBrokenConnections(pool: pg.Pool): void {
  const inUse = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client) => inUse.add(client));
  pool.on('release', (_error, client) => inUse.delete(client));
  pool.on('connect', (client) => {
    client.on('error', (error: Error) => {
      // An idle one is the pool's own business.
      if (!inUse.has(client)) return;
      const release = client.release.bind(client);
      // Its user may still give it back, which the pool refuses the second time.
      client.release = () => undefined;
      release(error);
    });
  });
}
