import type { Logger } from '../kernel/logger.js';

export type Stop = () => Promise<void>;

/** Something did not stop as it should. The log says what and why. */
export class StopError extends Error {
  override readonly name = 'StopError';
}

const cleanUpMs = 5000;

async function succeeds(stop: Stop, log: Logger): Promise<boolean> {
  try {
    await stop();
    return true;
  } catch (error) {
    // Those within have logged theirs.
    if (!(error instanceof StopError)) log.error({ err: error }, 'a part could not be stopped');
    return false;
  }
}

/**
 * Stops groups of parts, one group after the other and the parts of each side by side. One that fails keeps none of
 * the others from being stopped. @throws StopError at the end
 */
export async function stopAll(groups: Stop[][], log: Logger): Promise<void> {
  let failures = 0;
  for (const group of groups) {
    const results = await Promise.all(group.map((stop) => succeeds(stop, log)));
    failures += results.filter((success) => !success).length;
  }
  if (failures > 0) throw new StopError(`${failures} of the parts did not stop as they should. See the log.`);
}

/** For a start that has failed and says why itself: never throws, and leaves what takes longer than the time. */
export async function cleanUp(stop: Stop, log: Logger, patienceMs = cleanUpMs): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.warn({ patienceMs }, 'cleaning up after the failed start takes too long; leaving the rest');
      resolve();
    }, patienceMs);
  });
  await Promise.race([succeeds(stop, log), late]);
  clearTimeout(timer);
}
