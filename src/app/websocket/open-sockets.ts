import { CloseCode } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { UserActor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { AccessRevocations } from '../../domains/accounts/index.js';

/** Of one account on one node. The next one is refused, for good: a client that opens so many has lost count. */
export const maxSocketsPerAccount = 100;

const maxTimerMs = 2 ** 31 - 1;

/** A socket of a signed-in person, for as long as their access token is good. */
export interface OpenSocket {
  readonly socket: WebSocket;
  readonly actor: UserActor;
  readonly expiresAt: Date;
  /** Operations that are prepared and have not answered, also those that the client has given up. */
  executing: number;
}

export interface OpenSockets {
  /** @returns null when the socket has been closed by now, or is closed because the account has too many. */
  open(socket: WebSocket, actor: UserActor, expiresAt: Date): OpenSocket | null;
  /** Whether the access that the socket was opened with is still good. */
  isGood(open: OpenSocket): boolean;
  /** Closes no socket, but takes no notice of revocations any more. */
  stop(): void;
}

type Index = Map<string, Set<OpenSocket>>;

function addTo(index: Index, key: string, open: OpenSocket): void {
  const sockets = index.get(key) ?? new Set();
  index.set(key, sockets.add(open));
}

function deleteFrom(index: Index, key: string, open: OpenSocket): void {
  const sockets = index.get(key);
  sockets?.delete(open);
  if (sockets?.size === 0) index.delete(key);
}

/** Knows the open sockets, and closes each when its token expires or its access ends. */
export function createOpenSockets(revocations: AccessRevocations, clock: Clock): OpenSockets {
  const bySession: Index = new Map();
  const byUser: Index = new Map();

  const stop = revocations.onRevoked(({ sessionId, membership }) => {
    const concerned = [
      ...((sessionId && bySession.get(sessionId)) || []),
      ...((membership && byUser.get(membership.userId)) || []),
    ];
    for (const { socket, actor } of concerned) {
      if (revocations.isRevoked(actor)) socket.close(CloseCode.Forbidden, 'Access ended');
    }
  });

  return {
    open(socket, actor, expiresAt) {
      // It may have left while its token was verified: then there is no close to come.
      if (socket.readyState !== socket.OPEN) return null;
      if ((byUser.get(actor.userId)?.size ?? 0) >= maxSocketsPerAccount) {
        // Stock clients do not try again after this code.
        socket.close(CloseCode.TooManyInitialisationRequests, 'Too many sockets of this account');
        return null;
      }
      const open: OpenSocket = { socket, actor, expiresAt, executing: 0 };
      const untilExpiryMs = Math.min(expiresAt.getTime() - clock.now().getTime(), maxTimerMs);
      // 4403 lets stock clients reconnect, with the new token that they have by then.
      const expiry = setTimeout(
        () => socket.close(CloseCode.Forbidden, 'Access token expired'),
        untilExpiryMs,
      );
      addTo(bySession, actor.sessionId, open);
      addTo(byUser, actor.userId, open);
      socket.once('close', () => {
        clearTimeout(expiry);
        deleteFrom(bySession, actor.sessionId, open);
        deleteFrom(byUser, actor.userId, open);
      });
      return open;
    },
    isGood: ({ actor, expiresAt }) => clock.now() < expiresAt && !revocations.isRevoked(actor),
    stop,
  };
}
