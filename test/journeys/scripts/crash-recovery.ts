/** The full figure of crash-recovery.test.ts: `node … test/journeys/scripts/crash-recovery.ts [ROUNDS]`, 30 by default. */
import { createScratchDirectory } from '../toolbox-process.js';
import { runCrashRounds, type Round } from '../crash-rounds.js';

const servingLimitMs = 10_000;
const rounds = Number(process.argv[2] ?? 30);
const scratch = await createScratchDirectory();
const row = ({ victim, acknowledged, endedMs, servingMs, lost, orphans }: Round) =>
  [victim.padEnd(10), acknowledged, endedMs, servingMs, lost, orphans]
    .map((cell) => String(cell).padStart(12))
    .join('');

console.log(
  ['killed', 'acknowledged', 'ended ms', 'serving ms', 'lost', 'orphans']
    .map((cell) => cell.padStart(12))
    .join(''),
);
const { rounds: done, ...report } = await runCrashRounds({
  directory: scratch.directory,
  rounds,
  afterMs: [50, 2000],
  onRound: (round) => console.log(row(round)),
});
console.log(report);
await scratch.remove();
const holds =
  done.every(({ lost, orphans, servingMs }) => lost === 0 && orphans === 0 && servingMs <= servingLimitMs) &&
  report.stored === report.announced &&
  report.announcedTwice === 0 &&
  report.exitCode === 0 &&
  report.leftProcesses.length === 0;
console.log(holds ? `held ${rounds} times` : 'DID NOT HOLD');
process.exitCode = holds ? 0 : 1;
