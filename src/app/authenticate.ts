import { anonymous, type AnonymousActor, type UserActor } from '../kernel/actor.js';
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

const bearer = /^Bearer +([\w.~+/=-]+)$/i;

export function createAuthenticate(deps: {
  accessTokens: AccessTokens;
  revocations: AccessRevocations;
}): Authenticate {
  return async (authorization) => {
    if (!authorization) return { actor: anonymous, expiresAt: null };
    const token = bearer.exec(authorization)?.[1];
    if (!token) throw new AccessTokenRefusedError();
    const { actor, expiresAt } = await deps.accessTokens.verify(token);
    if (deps.revocations.isRevoked(actor)) throw new AccessTokenRefusedError();
    return { actor, expiresAt };
  };
}
