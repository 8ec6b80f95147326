import { readInChaos } from './read-chaos.js';
import { createReadWorld, type ReadWorld } from './read-world.js';

/** RUNS=50000 for the full figure. */
const runs = Number(process.env['RUNS'] ?? 3000);

describe('reads of two organizations over one pool, without predicates of their own', () => {
  let world: ReadWorld;
  beforeAll(async () => {
    world = await createReadWorld();
  });
  afterAll(() => world.database.drop());

  it(
    'give no row of another organization or person while they are cancelled, cut off and refused',
    async () => {
      const figures = await readInChaos(world, runs);
      process.stdout.write(`reads in chaos: ${JSON.stringify(figures)}\n`);
      const { wrong, answered, bareReads, failed, cancels, terminations } = figures;
      expect(wrong).toEqual([]);
      expect(answered).toBeGreaterThanOrEqual(runs);
      expect(bareReads).toBeGreaterThan(0);
      expect(terminations).toBeGreaterThan(0);
      expect(cancels).toBeGreaterThan(0);
      // Cancelled, timed out, a setting that cannot be made, and one that is no UUID.
      expect(Object.keys(failed)).toEqual(expect.arrayContaining(['57014', 'timeout', '22021', '22P02']));
    },
    20_000 + runs * 10,
  );
});
