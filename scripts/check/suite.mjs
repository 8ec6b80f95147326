import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entries } from '../lib/entries.mjs';
import { runStep } from './run-step.mjs';
import { tallyJest } from './tally.mjs';

const TIMEOUT_MS = 20 * 60_000;

/** Runs the jest suite with its coverage threshold, without the files named in `excluded`, and counts its tests. */
export async function runSuite(args, excluded) {
  const folder = mkdtempSync(join(tmpdir(), 'toolbox-check-'));
  const resultFile = join(folder, 'result.json');
  const report = ['--coverage', '--ci', '--json', `--outputFile=${resultFile}`];
  const ignore = excluded.flatMap((file) => ['--testPathIgnorePatterns', `/${file.replaceAll('.', '\\.')}$`]);
  try {
    const { passed } = await runStep({
      name: 'suite',
      args: entries.jest.command([...args, ...report, ...ignore]),
      timeoutMs: TIMEOUT_MS,
      isLive: true,
    });
    return tallyJest(readResult(resultFile), passed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResult(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (error.code === 'ENOENT') return null; // it ended before it had a result
    throw error;
  }
}
