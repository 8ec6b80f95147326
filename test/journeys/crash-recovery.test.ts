import { createScratchDirectory } from './toolbox-process.js';
import { runCrashRounds } from './crash-rounds.js';

describe('`all`, killed in the middle of writing', () => {
  it('comes back with everything that it acknowledged, and leaves no process behind', async () => {
    const scratch = await createScratchDirectory();
    const { rounds, ...report } = await runCrashRounds({
      directory: scratch.directory,
      rounds: 4,
      afterMs: [100, 600],
    });
    expect(rounds.map(({ victim, lost, orphans }) => ({ victim, lost, orphans }))).toEqual(
      ['node', 'postmaster', 'both', 'node'].map((victim) => ({ victim, lost: 0, orphans: 0 })),
    );
    expect(report.acknowledged).toBeGreaterThan(10);
    expect(report.stored).toBeGreaterThanOrEqual(report.acknowledged);
    expect(report).toMatchObject({
      announced: report.stored,
      announcedTwice: 0,
      exitCode: 0,
      leftProcesses: [],
    });
    await scratch.remove();
  }, 120_000);
});
