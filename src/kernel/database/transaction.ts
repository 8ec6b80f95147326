import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { insertEvents, type EventRecord } from '../events/event-writer.js';
import type { Logger } from '../logger.js';

const maxAttempts = 4;
const retryableStates = new Set(['40001', '40P01']);

function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && retryableStates.has(code);
}

function backoffMs(attempt: number): number {
  return Math.random() * 20 * 2 ** attempt;
}

/**
 * Commits `work` and the events that it emits together. Events are inserted last, after every row lock is
 * held, so that their order in the log is the order in which their subjects changed. Repeats only what
 * PostgreSQL says can be repeated: serialization failure (40001) and deadlock (40P01).
 */
export async function runTransaction<T>(
  em: SqlEntityManager,
  log: Logger,
  onEventsCommitted: (orgIds: string[]) => void,
  work: (tx: SqlEntityManager, emit: (event: EventRecord) => void) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const events: EventRecord[] = [];
    try {
      const result = await em.transactional(async (tx) => {
        const value = await work(tx, (event) => events.push(event));
        await tx.flush();
        await insertEvents(tx, events);
        return value;
      });
      if (events.length > 0) onEventsCommitted([...new Set(events.map((event) => event.orgId))]);
      return result;
    } catch (error) {
      if (attempt === maxAttempts || !isRetryable(error)) throw error;
      log.debug({ attempt, err: error }, 'transaction repeated after a conflict');
      await new Promise((resolve) => setTimeout(resolve, backoffMs(attempt)));
    }
  }
}
