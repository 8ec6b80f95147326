/**
 * Runs the work with a signal that is aborted when its time is over or `outer` is.
 * @throws Error when the time is over, whether the work heeds the signal or not
 */
export async function withinSeconds<T>(
  seconds: number,
  outer: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const timeout = new AbortController();
  const over = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const error = new Error(`Not done after ${seconds} seconds; giving up on this attempt.`);
    timeout.abort(error);
    over.reject(error);
  }, seconds * 1000);
  try {
    return await Promise.race([work(AbortSignal.any([outer, timeout.signal])), over.promise]);
  } finally {
    clearTimeout(timer);
  }
}
