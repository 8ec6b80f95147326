import { spawn } from 'node:child_process';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { inProject, root } from '../lib/paths.mjs';

const KILL_AFTER_MS = 10_000;
const OUTPUT_PATIENCE_MS = 2000;
const follow = pathToFileURL(inProject('scripts', 'lib', 'follow-runner.mjs')).href;
const running = new Set();
let isStopping = false;

/**
 * Runs one step with this Node, under its time limit, and reports it with its time. What a step prints is shown when
 * it fails, or as it comes when `isLive`.
 */
export async function runStep({ name, args, timeoutMs, isLive = false }) {
  if (isStopping) return { passed: false };
  const startedAt = performance.now();
  const child = spawn(process.execPath, ['--import', follow, ...args], {
    cwd: root,
    stdio: ['ignore', isLive ? 'inherit' : 'pipe', isLive ? 'inherit' : 'pipe'],
    detached: true, // a group of its own, so that whatever it starts ends with it
    env: { ...process.env, TOOLBOX_RUNNER_PID: String(process.pid) },
  });
  running.add(child);
  const output = [];
  child.stdout?.on('data', (chunk) => output.push(chunk));
  child.stderr?.on('data', (chunk) => output.push(chunk));
  const { code, isTimedOut } = await waitForEnd(child, timeoutMs);
  running.delete(child);
  const passed = code === 0 && !isTimedOut;
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  const verdict = passed ? 'passed' : isTimedOut ? `FAILED: took more than ${timeoutMs / 1000} s` : 'FAILED';
  process.stdout.write(`${name}: ${verdict} (${seconds} s)\n`);
  if (!passed) process.stdout.write(Buffer.concat(output));
  return { passed };
}

/** Ends every running step and starts no further one. */
export function stopAllSteps() {
  isStopping = true;
  for (const child of running) endGroup(child);
}

async function waitForEnd(child, timeoutMs) {
  let isTimedOut = false;
  const timer = setTimeout(() => {
    isTimedOut = true;
    endGroup(child);
  }, timeoutMs);
  const closed = new Promise((resolve) => child.once('close', resolve));
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  clearTimeout(timer);
  signalGroup(child, 'SIGKILL'); // what the step left running
  // The end of its output, for which something that left the group could hold us up.
  await Promise.race([closed, delay(OUTPUT_PATIENCE_MS, undefined, { ref: false })]);
  return { code, isTimedOut };
}

function endGroup(child) {
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), KILL_AFTER_MS).unref();
}

function signalGroup(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // it has already gone
  }
}
