import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Ids } from './ids.js';
import type { Actor } from './actor.js';
import type { Clock } from './clock.js';
import type { Database } from './database/database.js';
import { runTransaction } from './database/transaction.js';
import type { EmittedEvent } from './events/event.js';
import type { Logger } from './logger.js';

/** Where a request came from, for sessions and for the audit log. */
export interface ClientInfo {
  address: string | null;
  userAgent: string | null;
}

/**
 * What one request, message or job works with: who asks, in which organization, and a database handle that
 * sees only that organization's rows.
 */
export interface Context {
  readonly actor: Actor;
  /** The organization whose rows are visible, or null: then no tenant row is. */
  readonly orgId: string | null;
  readonly requestId: string;
  readonly client: ClientInfo;
  readonly em: SqlEntityManager;
  readonly log: Logger;
  readonly clock: Clock;
  readonly ids: Ids;

  /**
   * Runs `work` in one transaction and writes the events that it emits in the same one. Called inside a
   * transaction it joins that one. `work` may run again after a serialization failure or deadlock, so it
   * does nothing outside the database.
   */
  transaction<T>(work: (ctx: TransactionContext) => Promise<T>): Promise<T>;

  /** The same request bound to another organization: for what creates one, joins one or acts for it. */
  inOrg(orgId: string): Context;
}

export interface TransactionContext extends Context {
  /** Writes the event with this transaction. It is published once, after the commit. */
  emit(event: EmittedEvent): void;
}

export interface ContextParts {
  actor: Actor;
  orgId?: string | null;
  requestId: string;
  client?: ClientInfo;
}

export interface ContextDeps {
  database: Database;
  log: Logger;
  clock: Clock;
  ids: Ids;
  /** Called after a commit that wrote events, to wake the relay. */
  onEventsCommitted: (orgIds: string[]) => void;
}

export type ContextFactory = (parts: ContextParts) => Context;

const unknownClient: ClientInfo = { address: null, userAgent: null };

/** Gives the function that makes a {@link Context} for each request, message or job. */
export function createContextFactory(deps: ContextDeps): ContextFactory {
  return function createContext(parts) {
    const { actor, requestId, client = unknownClient } = parts;
    const orgId = parts.orgId ?? (actor.kind === 'user' ? (actor.membership?.orgId ?? null) : null);
    const userId = actor.kind === 'user' ? actor.userId : null;
    const em = deps.database.entityManager({ orgId, userId });
    const log = deps.log.child({ requestId, ...(userId && { userId }), ...(orgId && { orgId }) });
    const base = { actor, orgId, requestId, client, em, log, clock: deps.clock, ids: deps.ids };

    return {
      ...base,
      inOrg: (other) => createContext({ ...parts, orgId: other }),
      transaction: (work) =>
        runTransaction(em, log, deps.onEventsCommitted, (tx, emit) => {
          const inner: TransactionContext = {
            ...base,
            em: tx,
            emit: (event) =>
              emit({ ...event, occurredAt: deps.clock.now(), id: deps.ids.next(), actorId: userId }),
            transaction: (nested) => nested(inner),
            inOrg: (other) => {
              throw new Error(`Bind to organization ${other} before the transaction begins, not inside it.`);
            },
          };
          return work(inner);
        }),
    };
  };
}
