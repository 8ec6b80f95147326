import type { Logger } from '../kernel/logger.js';
import { ExitCode } from './commands/command.js';

export interface Stoppable {
  stop(): Promise<void>;
  /** Resolves, with the reason, when going on makes no sense. */
  failed: Promise<string>;
}

export interface RunOptions {
  /** After this long in shutdown the process ends, whatever is left. */
  forceMs: number;
  log: Logger;
  start: () => Promise<Stoppable>;
}

/** A terminal and a process manager may both send the signal; that is one wish. */
const repeatWindowMs = 1000;

/**
 * Starts, waits for SIGTERM, SIGINT or a failure, and stops. A second signal later on ends the process at once.
 * @returns the exit code.
 */
export async function runUntilStopped({ forceMs, log, start }: RunOptions): Promise<number> {
  let firstSignalAt = 0;
  const signalled = new Promise<string>((resolve) => {
    const receive = (signal: string) => {
      if (firstSignalAt === 0) {
        firstSignalAt = Date.now();
        resolve(signal);
      } else if (Date.now() - firstSignalAt > repeatWindowMs) {
        process.exit(ExitCode.failed);
      }
    };
    process.on('SIGTERM', () => receive('SIGTERM'));
    process.on('SIGINT', () => receive('SIGINT'));
  });
  const crashed = new Promise<never>((_resolve, reject) => {
    process.once('uncaughtException', reject);
    process.once('unhandledRejection', reject);
  });

  const running = await start();
  let exitCode: number = ExitCode.ok;
  try {
    const reason = await Promise.race([
      signalled.then((signal) => ({ signal })),
      running.failed.then((failure) => ({ failure })),
      crashed,
    ]);
    if ('signal' in reason) {
      log.info({ signal: reason.signal }, 'stopping');
    } else if (firstSignalAt === 0) {
      log.error({}, reason.failure);
      exitCode = ExitCode.failed;
    }
  } catch (error) {
    log.error({ err: error }, 'stopping after an error that nobody handled');
    exitCode = ExitCode.failed;
  }
  const force = setTimeout(() => {
    log.error({ forceMs }, 'not stopped in time; ending the process');
    process.exit(ExitCode.failed);
  }, forceMs);
  await running.stop();
  clearTimeout(force);
  log.info({}, 'stopped');
  return exitCode;
}
