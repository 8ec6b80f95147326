import { mapConcurrently } from '../../../src/kernel/jobs/map-concurrently.js';
import { upTo } from '../events/event-world.js';

describe('mapping concurrently', () => {
  it('keeps the order and never runs more at once than allowed', async () => {
    let running = 0;
    let most = 0;
    const results = await mapConcurrently(upTo(20), 3, async (n) => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
      return n * 2;
    });
    expect(results).toEqual(upTo(20).map((n) => n * 2));
    expect(most).toBe(3);
    expect(await mapConcurrently([], 3, () => Promise.resolve(1))).toEqual([]);
  });
});
