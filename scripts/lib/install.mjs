import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import process from 'node:process';
import { inProject } from './paths.mjs';
import { runTool } from './run-tool.mjs';

// Inside node_modules, so that it goes when node_modules goes; `npm ci` drops it first thing.
const stamp = inProject('node_modules', '.toolbox-installed');

const lockfileHash = () =>
  createHash('sha256')
    .update(readFileSync(inProject('package-lock.json')))
    .digest('hex');

/** Whether the last install succeeded and was of this very lockfile. */
export function isInstalled() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockfileHash();
}

/** The caller holds the lock. */
export async function installWhenNeeded() {
  if (isInstalled()) return;
  process.stderr.write('Installing the packages of package-lock.json …\n');
  const hash = lockfileHash();
  // The build needs development packages whatever NODE_ENV says, and optional ones are Node and PostgreSQL.
  const args = ['ci', '--engine-strict=false', '--loglevel=error', '--include=dev', '--include=optional'];
  await runTool(...npmCommand([...args, '--no-audit', '--no-fund']));
  writeFileSync(stamp, hash);
}

/** The npm that started this command, else the one on PATH. */
function npmCommand(args) {
  const running = process.env['npm_execpath'];
  if (running && basename(running) === 'npm-cli.js') return [process.execPath, [running, ...args]];
  return ['npm', args];
}
