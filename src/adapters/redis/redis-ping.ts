const patienceMs = 1500;

/** Asks Redis for an answer, on a connection of its own. The client is imported when first used. */
export function createRedisPing(url: string): () => Promise<void> {
  return async () => {
    const { Redis } = await import('ioredis');
    const client = new Redis(url, {
      lazyConnect: true,
      enableReadyCheck: false,
      maxRetriesPerRequest: 0,
      connectTimeout: patienceMs,
      commandTimeout: patienceMs,
      retryStrategy: null,
    });
    // The failed command says it; without a listener the client would print it as well.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  };
}
