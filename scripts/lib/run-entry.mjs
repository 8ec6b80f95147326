import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { delimiter, dirname } from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { watchNpm } from './parent.mjs';
import { inProject, root } from './paths.mjs';

/** npm and the terminal may each deliver the same Ctrl-C; a user who means a second one takes longer than this. */
const SAME_SIGNAL_MS = 1000;

/**
 * Runs an entry to its end and resolves to its exit code. It gets a session of its own, so that a Ctrl-C reaches it
 * through here only, once; and it watches this process, so that it also ends cleanly when this one is killed.
 */
export async function runEntry(node, args) {
  const follow = pathToFileURL(inProject('scripts', 'lib', 'follow-runner.mjs')).href;
  const child = spawn(node, ['--import', follow, ...args], {
    cwd: root,
    stdio: 'inherit',
    detached: process.platform !== 'win32',
    env: {
      ...process.env,
      PATH: [dirname(node), process.env['PATH']].filter(Boolean).join(delimiter),
      TOOLBOX_RUNNER_PID: String(process.pid),
    },
  });
  forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve(code ?? 128 + constants.signals[signal]));
  });
}

function forwardSignals(child) {
  let lastForwarded = -Infinity;
  const forward = (name) => {
    const now = performance.now();
    if (now - lastForwarded < SAME_SIGNAL_MS) return;
    lastForwarded = now;
    child.kill(name);
  };
  process.on('SIGINT', forward);
  process.on('SIGTERM', forward);
  // The entry has no terminal to lose: for it, a closed one is a request to end.
  process.on('SIGHUP', () => forward('SIGTERM'));
  if (process.env['npm_lifecycle_event'] !== undefined) watchNpm(() => forward('SIGTERM'));
}
