import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import process from 'node:process';
import { Failure } from './failure.mjs';
import { nameWorker } from './lock.mjs';
import { root } from './paths.mjs';

/**
 * Runs npm or the compiler to its end; what it prints goes to standard error, since standard output is the entry's.
 * It stays in the terminal's foreground group, so Ctrl-C reaches it directly; other signals are passed on.
 */
export async function runTool(command, args) {
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 2, 2] });
  if (child.pid) nameWorker(child.pid);
  let received = null;
  const passOn = (name) => {
    received = name;
    if (name !== 'SIGINT') child.kill(name);
  };
  const names = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  names.forEach((name) => process.on(name, passOn));
  try {
    const { code, error } = await new Promise((resolve) => {
      child.once('error', (failed) => resolve({ error: failed }));
      child.once('close', (ended) => resolve({ code: ended }));
    });
    const what = [command, ...args].join(' ');
    if (error) throw new Failure(`Could not start ${what}: ${error.message}.`);
    if (received)
      throw new Failure(`Stopped by ${received} during: ${what}`, 128 + constants.signals[received]);
    if (code !== 0)
      throw new Failure(
        `This failed with ${code ?? 'a signal'}: ${what}\nCorrect what it says above and run the command again.`,
      );
  } finally {
    names.forEach((name) => process.off(name, passOn));
  }
}
