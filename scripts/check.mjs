/**
 * Everything that must hold, as `npm test` and CI run it: `node scripts/run.mjs test [arguments for jest]`. All steps
 * run even when one fails. The last line is the count: each check counts as one test.
 */
import process from 'node:process';
import { checks } from './check/checks.mjs';
import { findSuitesWithout } from './check/missing-programs.mjs';
import { runStep, stopAllSteps } from './check/run-step.mjs';
import { runSuite } from './check/suite.mjs';
import { formatCount, sum } from './check/tally.mjs';

const CHECKS_AT_ONCE = 2;

for (const name of ['SIGINT', 'SIGTERM']) {
  process.once(name, () => {
    process.exitCode = 1;
    stopAllSteps();
  });
}

async function runChecks() {
  const waiting = [...checks];
  const tallies = [];
  const work = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const { passed } = await runStep(step);
      tallies.push({ passed: Number(passed), failed: Number(!passed), skipped: 0 });
    }
  };
  await Promise.all(Array.from({ length: CHECKS_AT_ONCE }, work));
  return sum(tallies);
}

function reportNotRun(missing, isRequired) {
  if (missing.length === 0) return { passed: 0, failed: 0, skipped: 0 };
  process.stdout.write(`\n${isRequired ? 'FAILED, because CI skips nothing' : 'Not run'}:\n`);
  for (const { file, program } of missing) process.stdout.write(`  ${file} needs ${program}\n`);
  const debianPackages = [...new Set(missing.map((suite) => suite.debianPackage))].join(' ');
  process.stdout.write(`On Debian: sudo apt-get install --no-install-recommends ${debianPackages}\n`);
  return { passed: 0, failed: isRequired ? missing.length : 0, skipped: isRequired ? 0 : missing.length };
}

const isCi = ['1', 'true'].includes(process.env['CI'] ?? '');
const missing = findSuitesWithout();
const total = sum([
  await runChecks(),
  await runSuite(
    process.argv.slice(2),
    missing.map(({ file }) => file),
  ),
  reportNotRun(missing, isCi),
]);
process.stdout.write(`\n${formatCount(total)}\n`);
if (total.failed > 0) process.exitCode = 1;
