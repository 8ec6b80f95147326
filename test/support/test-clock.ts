import type { Clock } from '../../src/kernel/clock.js';

export interface TestClock extends Clock {
  /** Moves the time of day ahead of the machine's by so much more. */
  advanceMs(ms: number): void;
}

/** The machine's time, and ahead of it once it is moved. Only our own code lives by it, not PostgreSQL. */
export function createTestClock(): TestClock {
  let aheadMs = 0;
  return {
    now: () => new Date(Date.now() + aheadMs),
    advanceMs: (ms) => {
      aheadMs += ms;
    },
  };
}
