/**
 * Loaded before an entry (`--import`): when scripts/run.mjs is killed and so cannot pass anything on, this process gets
 * the SIGTERM that run.mjs would have sent.
 */
import process from 'node:process';
import { watchParent } from './parent.mjs';

const runner = Number(process.env['TOOLBOX_RUNNER_PID']);

// Workers that the entry starts load this too, but follow the entry.
if (runner === process.ppid) {
  delete process.env['TOOLBOX_RUNNER_PID'];
  watchParent(() => process.kill(process.pid, 'SIGTERM'));
}
