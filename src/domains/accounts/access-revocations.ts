import type { UserActor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { EventLog } from '../../kernel/events/event-log.js';
import type { StoredEvent } from '../../kernel/events/event.js';
import type { StreamTails } from '../../kernel/events/stream-tails.js';
import { PLATFORM_ORG_ID } from '../../kernel/ids.js';
import { accessRevoked } from './accounts.events.js';

const sweepIntervalMs = 60_000;

/** Of a session, or of what an account may do in an organization. */
export type Revocation = ReturnType<typeof accessRevoked.parse>;

/** Which access tokens are no longer valid although they have not expired, known to this node in memory. */
export interface AccessRevocations {
  /** Follows the log from as far back as a token can still be alive. */
  start(): Promise<void>;
  isRevoked(actor: UserActor): boolean;
  /** Calls the listener after each revocation with what it says, so that open sockets can be closed. */
  onRevoked(listener: (revocation: Revocation) => void): () => void;
  stop(): void;
}

export interface AccessRevocationsDeps {
  eventLog: EventLog;
  tails: StreamTails;
  clock: Clock;
  /** How long an access token lives: older revocations are forgotten. */
  tokenLifetimeMinutes: number;
}

interface MembershipRevocation {
  version: number;
  at: number;
}

export function createAccessRevocations(deps: AccessRevocationsDeps): AccessRevocations {
  const { eventLog, tails, clock } = deps;
  const lifetimeMs = (deps.tokenLifetimeMinutes + 1) * 60_000;
  const sessions = new Map<string, number>();
  const memberships = new Map<string, MembershipRevocation>();
  const listeners = new Set<(revocation: Revocation) => void>();
  const closers: (() => void)[] = [];

  function apply(event: StoredEvent): void {
    if (event.type !== accessRevoked.type) return;
    const { sessionId, membership } = accessRevoked.parse(event);
    const at = event.occurredAt.getTime();
    if (sessionId) sessions.set(sessionId, at);
    if (membership) {
      const key = `${membership.orgId}/${membership.userId}`;
      const version = Math.max(membership.version, memberships.get(key)?.version ?? 0);
      memberships.set(key, { version, at });
    }
    for (const listener of listeners) listener({ sessionId, membership });
  }

  function sweep(): void {
    const oldest = clock.now().getTime() - lifetimeMs;
    for (const [id, at] of sessions) if (at < oldest) sessions.delete(id);
    for (const [key, { at }] of memberships) if (at < oldest) memberships.delete(key);
  }

  /** Reads what the tail does not tell, at the start and after a restore; what is known already stays revoked. */
  async function load(): Promise<void> {
    const since = new Date(clock.now().getTime() - lifetimeMs);
    for (const event of await eventLog.readType(PLATFORM_ORG_ID, accessRevoked.type, since)) apply(event);
  }

  return {
    async start() {
      closers.push(tails.onRestored(load), await tails.listen(PLATFORM_ORG_ID, apply));
      await load();
      const timer = setInterval(sweep, sweepIntervalMs);
      closers.push(() => clearInterval(timer));
    },
    isRevoked({ sessionId, userId, membership }) {
      if (sessions.has(sessionId)) return true;
      if (!membership) return false;
      const revoked = memberships.get(`${membership.orgId}/${userId}`);
      return revoked !== undefined && membership.version < revoked.version;
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      for (const close of closers.splice(0)) close();
    },
  };
}
