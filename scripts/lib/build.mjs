import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { inProject, root } from './paths.mjs';
import { runTool } from './run-tool.mjs';

const output = inProject('dist');
const stamp = join(output, '.toolbox-built');

/** Whether dist/ was made from the sources as they are now. */
export function isBuilt() {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputsHash();
}

/** Compiles src/ and migrations/ to dist/. The caller holds the lock. */
export async function buildWhenStale(node) {
  const hash = inputsHash();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return;
  process.stderr.write('Building …\n');
  rmSync(stamp, { force: true });
  removeOrphans();
  await runTool(node, ['node_modules/ts7/bin/tsc', '-p', 'tsconfig.build.json']);
  writeFileSync(stamp, hash);
}

/** A migration or module whose source is gone must not be found in dist/ any more. */
function removeOrphans() {
  for (const path of filesIn(output)) {
    const source = inProject(relative(output, path).replace(/\.js(\.map)?$/, '.ts'));
    if (!existsSync(source)) rmSync(path);
  }
}

function inputsHash() {
  const hash = createHash('sha256');
  const settings = ['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'].map((name) =>
    inProject(name),
  );
  for (const path of [...settings, ...filesIn(inProject('src')), ...filesIn(inProject('migrations'))]) {
    const content = readFileSync(path);
    hash.update(`${relative(root, path)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

function filesIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .sort();
}
