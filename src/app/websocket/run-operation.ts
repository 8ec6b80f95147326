import { createSourceEventStream, execute, type ExecutionResult } from 'graphql';
import { mapAsyncIterator } from '../map-async-iterator.js';
import type { SocketOperation } from './prepare-operation.js';

/** Runs operations that have been prepared, each once, and counts those of all sockets that have not answered. */
export function createExecution() {
  let executing = 0;

  async function finishing<T>({ open }: SocketOperation, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } finally {
      open.executing -= 1;
    }
  }

  return {
    /** Queries and mutations under way. */
    get executing(): number {
      return executing;
    },

    execute(operation: SocketOperation): Promise<ExecutionResult> {
      return finishing(operation, async () => {
        executing += 1;
        try {
          return await execute(operation);
        } finally {
          executing -= 1;
        }
      });
    },

    /** Runs a subscription, with a fresh context for each event. */
    async subscribe(
      operation: SocketOperation,
    ): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
      const source = await finishing(operation, () => createSourceEventStream(operation));
      if (!(Symbol.asyncIterator in source)) return source;
      return mapAsyncIterator(source[Symbol.asyncIterator](), (rootValue) =>
        Promise.resolve(execute({ ...operation, rootValue, contextValue: operation.contextValue.renew() })),
      );
    },
  };
}
