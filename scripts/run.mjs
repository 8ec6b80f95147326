/**
 * Runs one of the project's commands: `node scripts/run.mjs <entry> [arguments]`. Needs nothing but Node 20 and npm:
 * installs and builds first when that is needed, then hands over to the Node that the project is written for.
 */
import process from 'node:process';
import { buildWhenStale, isBuilt } from './lib/build.mjs';
import { entries } from './lib/entries.mjs';
import { installWhenNeeded, isInstalled } from './lib/install.mjs';
import { withLock } from './lib/lock.mjs';
import { chooseNode } from './lib/node-binary.mjs';
import { runEntry } from './lib/run-entry.mjs';
import { Failure } from './lib/failure.mjs';

async function main([name, ...args]) {
  const entry = Object.hasOwn(entries, name ?? '') ? entries[name] : undefined;
  if (!entry)
    throw new Failure(`Usage: node scripts/run.mjs <${Object.keys(entries).join('|')}> [arguments]`);
  const needsBuild = entry.needsBuild ?? false;
  const isReady = () => isInstalled() && (!needsBuild || isBuilt());
  if (!isReady()) {
    await withLock(async () => {
      await installWhenNeeded();
      if (needsBuild) await buildWhenStale(chooseNode());
    });
  }
  if (!entry.command) return 0;
  return runEntry(chooseNode(), entry.command(args));
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = error.exitCode;
}
