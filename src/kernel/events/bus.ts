/** Says that a stream has been published up to a position. Carries no content: who hears it reads the log. */
export interface StreamHint {
  orgId: string;
  position: bigint;
}

/**
 * Tells other parts of Toolbox that there is something to read. A hint may get lost (a connection breaks),
 * so nothing depends on one: `resync` says that hints may be missing, and readers also poll.
 */
export interface Bus {
  /** Relay → everyone: these streams have new published events. */
  publish(hints: StreamHint[]): Promise<void>;
  onPublished(listener: (hint: StreamHint) => void): () => void;
  /** Commit → relays: these shards have unpublished events. Coalesced. */
  wakeRelay(shards: number[]): void;
  onWake(listener: (shards: number[]) => void): () => void;
  /** After a lost connection: everything may have happened. */
  onResync(listener: () => void): () => void;
  close(): Promise<void>;
}

/** The listeners of a bus, shared by its implementations. */
export class BusListeners {
  readonly published = new Set<(hint: StreamHint) => void>();
  readonly wake = new Set<(shards: number[]) => void>();
  readonly resync = new Set<() => void>();

  add<T>(set: Set<T>, listener: T): () => void {
    set.add(listener);
    return () => set.delete(listener);
  }
}

/** The bus of a Toolbox that is one process. */
export function createInProcessBus(): Bus {
  const listeners = new BusListeners();
  return {
    publish(hints) {
      for (const hint of hints) for (const listener of listeners.published) listener(hint);
      return Promise.resolve();
    },
    wakeRelay(shards) {
      for (const listener of listeners.wake) listener(shards);
    },
    onPublished: (listener) => listeners.add(listeners.published, listener),
    onWake: (listener) => listeners.add(listeners.wake, listener),
    onResync: (listener) => listeners.add(listeners.resync, listener),
    close: () => Promise.resolve(),
  };
}
