import { errors, jwtVerify, SignJWT, type JWTPayload } from 'jose';
import { roles, type ActiveMembership, type Role, type UserActor } from '../../kernel/actor.js';
import type { Clock } from '../../kernel/clock.js';
import type { SigningKeyRing } from '../../kernel/crypto/signing-keys.js';
import { AccessTokenRefusedError } from './accounts.errors.js';

const audience = 'toolbox';
const tokenType = 'at+jwt';
const clockToleranceSeconds = 5;

export interface AccessTokenSubject {
  userId: string;
  sessionId: string;
  platformAdmin: boolean;
  membership: ActiveMembership | null;
}

export interface IssuedAccessToken {
  token: string;
  expiresAt: Date;
}

export interface VerifiedAccess {
  actor: UserActor;
  expiresAt: Date;
}

/** Access tokens: JWTs (RFC 9068) that say who asks, in which session, and in which organization as what. */
export interface AccessTokens {
  issue(subject: AccessTokenSubject): Promise<IssuedAccessToken>;
  /** @throws AccessTokenRefusedError for one that is malformed, forged, expired or of an unknown key. */
  verify(token: string): Promise<VerifiedAccess>;
}

interface Claims extends JWTPayload {
  sid: string;
  org?: string;
  role?: Role;
  mver?: number;
  adm?: boolean;
}

export interface AccessTokensOptions {
  keys: SigningKeyRing;
  issuer: string;
  lifetimeMinutes: number;
  clock: Clock;
}

function membershipOf({ org, role, mver }: Claims): ActiveMembership | null {
  if (org === undefined || role === undefined || mver === undefined || !roles.includes(role)) return null;
  return { orgId: org, role, version: mver };
}

export function createAccessTokens({
  keys,
  issuer,
  lifetimeMinutes,
  clock,
}: AccessTokensOptions): AccessTokens {
  return {
    async issue({ userId, sessionId, platformAdmin, membership }) {
      const now = clock.now();
      const expiresAt = new Date(now.getTime() + lifetimeMinutes * 60_000);
      const { kid, algorithm, key } = keys.current;
      const token = await new SignJWT({
        sid: sessionId,
        ...(membership && { org: membership.orgId, role: membership.role, mver: membership.version }),
        ...(platformAdmin && { adm: true }),
      })
        .setProtectedHeader({ alg: algorithm, kid, typ: tokenType })
        .setSubject(userId)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(now)
        .setExpirationTime(expiresAt)
        .sign(key);
      return { token, expiresAt };
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify<Claims>(
          token,
          ({ kid, alg }) => {
            const key = keys.find(kid, clock.now());
            // The key says which algorithm it is for, never the token (RFC 8725, section 3.1).
            if (!key || key.algorithm !== alg) throw new AccessTokenRefusedError();
            return key.verifyKey;
          },
          {
            issuer,
            audience,
            typ: tokenType,
            currentDate: clock.now(),
            clockTolerance: clockToleranceSeconds,
            // Also of tokens that were issued when they lived longer: their revocations are forgotten by then.
            maxTokenAge: lifetimeMinutes * 60,
            requiredClaims: ['sub', 'sid', 'exp', 'iat'],
          },
        );
        return {
          actor: {
            kind: 'user',
            userId: payload.sub ?? '',
            sessionId: payload.sid,
            platformAdmin: payload.adm === true,
            membership: membershipOf(payload),
          },
          expiresAt: new Date((payload.exp ?? 0) * 1000),
        };
      } catch (error) {
        if (error instanceof errors.JOSEError) throw new AccessTokenRefusedError();
        throw error;
      }
    },
  };
}
