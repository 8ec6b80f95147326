import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { Failure } from './failure.mjs';
import { inProject } from './paths.mjs';

const MINIMUM = [22, 18];
let chosen;

/**
 * The Node that runs the project: the one that came with the install, by its path (npm 10 leaves `.bin/node` missing
 * when several platforms' packages share the name), else the one running now when it is new enough.
 */
export function chooseNode() {
  chosen ??= bundledNode() ?? ownNode();
  return chosen;
}

function bundledNode() {
  const [platform, name] = process.platform === 'win32' ? ['win', 'node.exe'] : [process.platform, 'node'];
  const path = inProject('node_modules', `node-${platform}-${process.arch}`, 'bin', name);
  // Present is not enough: the binary is for glibc, and npm installs it on musl as well.
  return spawnSync(path, ['--version'], { stdio: 'ignore' }).status === 0 ? path : null;
}

function ownNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1])) return process.execPath;
  throw new Failure(
    `Toolbox needs Node ${MINIMUM.join('.')} or newer; this is ${process.versions.node}, and npm has no Node for ` +
      `${process.platform}-${process.arch} that runs here (there is none for macOS, and on Linux it needs glibc, not musl). ` +
      'Install Node 24 (https://nodejs.org, `brew install node@24`, or `apk add nodejs` on Alpine 3.23 or newer) and run the command again.',
  );
}
