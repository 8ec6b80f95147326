import { anonymous, type AnonymousActor, type UserActor } from '../kernel/actor.js';
import type { Clock } from '../kernel/clock.js';
import { LruCache } from '../kernel/lru-cache.js';
import {
  AccessTokenRefusedError,
  type AccessRevocations,
  type AccessTokens,
} from '../domains/accounts/index.js';

/** Who asks, and until when that holds. */
export interface Authentication {
  actor: UserActor | AnonymousActor;
  expiresAt: Date | null;
}

/** Tells who an `Authorization` header speaks for; without one, nobody. @throws AccessTokenRefusedError */
export type Authenticate = (authorization: string | null | undefined) => Promise<Authentication>;

export interface AuthenticateDeps {
  accessTokens: AccessTokens;
  revocations: AccessRevocations;
  clock: Clock;
}

const bearer = /^Bearer +([\w.~+/=-]+)$/i;
/** About 10,000 headers whose signature need not be checked again. */
const cacheBytes = 8 * 1024 * 1024;

interface VerifiedHeader {
  actor: UserActor;
  expiresAt: Date;
}

/**
 * A header that was verified once is known until its token expires; whether its access was ended is asked each
 * time. The cache is keyed by the whole header, so nothing that differs in a bit is taken for it.
 */
export function createAuthenticate({ accessTokens, revocations, clock }: AuthenticateDeps): Authenticate {
  const verified = new LruCache<VerifiedHeader>(cacheBytes);

  async function verify(authorization: string): Promise<VerifiedHeader> {
    const token = bearer.exec(authorization)?.[1];
    if (!token) throw new AccessTokenRefusedError();
    const access = await accessTokens.verify(token);
    verified.set(authorization, access, authorization.length);
    return access;
  }

  return async (authorization) => {
    if (!authorization) return { actor: anonymous, expiresAt: null };
    const known = verified.get(authorization);
    const access = known && known.expiresAt > clock.now() ? known : await verify(authorization);
    if (revocations.isRevoked(access.actor)) throw new AccessTokenRefusedError();
    return access;
  };
}
