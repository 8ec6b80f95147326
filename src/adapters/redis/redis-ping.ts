/** Asks Redis for an answer, on a connection of its own. The client is imported when first used. */
export function createRedisPing(url: string): () => Promise<void> {
  return async () => {
    const { Redis } = await import('ioredis');
    const client = new Redis(url, {
      lazyConnect: true,
      maxRetriesPerRequest: 0,
      connectTimeout: 1500,
      retryStrategy: null,
    });
    try {
      await client.connect();
      await client.ping();
    } finally {
      client.disconnect();
    }
  };
}
