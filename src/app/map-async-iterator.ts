/** Maps each value; ending the result ends the source at once, also while a value is awaited. */
export function mapAsyncIterator<T, R>(
  source: AsyncIterator<T>,
  map: (value: T) => Promise<R>,
): AsyncIterableIterator<R> {
  return {
    async next() {
      const step = await source.next();
      return step.done ? { done: true, value: undefined } : { done: false, value: await map(step.value) };
    },
    async return() {
      await source.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
