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
  /** Given up when the signal is aborted: it then cleans up and throws the signal's reason. */
  start: (signal: AbortSignal) => Promise<Stoppable>;
}

/** A terminal and a process manager may both send the signal; that is one wish. */
const repeatWindowMs = 1000;
/** Long enough for output to be written. */
const lingerMs = 1000;

/** Ends the process with the code, also when something was left open that would keep it alive. */
export function endProcess(code: number): void {
  process.exitCode = code;
  setTimeout(() => process.exit(code), lingerMs).unref();
}

/** Calls `stop` once, on SIGTERM, SIGINT or an error that nobody handled. A later second signal ends the process. */
function watchProcess(log: Logger, stop: () => void): { hasCrashed: () => boolean } {
  let firstSignalAt = 0;
  let crashed = false;
  const receive = (signal: NodeJS.Signals) => {
    if (firstSignalAt === 0) {
      firstSignalAt = Date.now();
      log.info({ signal }, 'stopping');
      stop();
    } else if (Date.now() - firstSignalAt > repeatWindowMs) {
      process.exit(ExitCode.failed);
    }
  };
  const crash = (error: unknown) => {
    crashed = true;
    log.error({ err: error }, 'stopping after an error that nobody handled');
    stop();
  };
  process.on('SIGTERM', receive).on('SIGINT', receive);
  process.on('uncaughtException', crash).on('unhandledRejection', crash);
  return { hasCrashed: () => crashed };
}

/** Null when it was given up. */
async function startUnlessTold(start: RunOptions['start'], signal: AbortSignal): Promise<Stoppable | null> {
  try {
    return await start(signal);
  } catch (error) {
    if (signal.aborted && error === signal.reason) return null;
    throw error;
  }
}

/** @returns whether it stopped as it should. */
async function stopped(running: Stoppable, log: Logger): Promise<boolean> {
  try {
    await running.stop();
    log.info({}, 'stopped');
    return true;
  } catch (error) {
    log.error({ err: error }, 'stopped, but not as it should');
    return false;
  }
}

/**
 * Starts, waits for SIGTERM, SIGINT or a failure, and stops; told to stop while it starts, it gives the start up. A
 * second signal later on ends the process at once.
 * @returns the exit code. @throws what the start throws
 */
export async function runUntilStopped({ forceMs, log, start }: RunOptions): Promise<number> {
  const told = new AbortController();
  const force = Promise.withResolvers<NodeJS.Timeout>();
  const end = () => {
    if (told.signal.aborted) return;
    told.abort();
    const timer = setTimeout(() => {
      log.error({ forceMs }, 'not stopped in time; ending the process');
      process.exit(ExitCode.failed);
    }, forceMs);
    force.resolve(timer);
  };
  const { hasCrashed } = watchProcess(log, end);

  const running = await startUnlessTold(start, told.signal);
  let failed = false;
  if (running) {
    void running.failed.then((failure) => {
      // What goes down with us has not failed.
      if (told.signal.aborted) return;
      failed = true;
      log.error({}, failure);
      end();
    });
    await force.promise;
    failed = !(await stopped(running, log)) || failed;
  }
  clearTimeout(await force.promise);
  return failed || hasCrashed() ? ExitCode.failed : ExitCode.ok;
}
