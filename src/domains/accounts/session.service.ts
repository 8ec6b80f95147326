import { LockMode } from '@mikro-orm/core';
import type { UserActor } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { hashToken, looksLikeToken, type TokenDeriver } from '../../kernel/crypto/derived-token.js';
import type { PasswordHasher } from '../../kernel/crypto/password-hasher.js';
import { NotFoundError, type AppError } from '../../kernel/errors.js';
import { PLATFORM_ORG_ID } from '../../kernel/ids.js';
import type { AccessTokens } from './access-tokens.js';
import { Account } from './account.entity.js';
import {
  EmailNotVerifiedError,
  InvalidCredentialsError,
  RefreshTokenRefusedError,
} from './accounts.errors.js';
import { accessRevoked, sessionEnded, sessionStarted } from './accounts.events.js';
import type { MembershipDirectory } from './accounts.ports.js';
import { emailKeyOf, usernameKeyOf } from './names.js';
import { checkPassword, renewHash } from './passwords.js';
import { RefreshToken } from './refresh-token.entity.js';
import { Registration } from './registration.entity.js';
import { Session, type SessionEndReason } from './session.entity.js';

export interface SignInInput {
  /** E-mail address or username. */
  login: string;
  password: string;
}

/** What a client keeps to stay signed in. */
export interface TokenPair {
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
  refreshTokenExpiresAt: Date;
}

export interface SignedIn extends TokenPair {
  account: Account;
  session: Session;
}

export interface AccessGrant {
  accessToken: string;
  accessTokenExpiresAt: Date;
}

export interface SessionSettings {
  refreshTokenDays: number;
  /** How long a spent refresh token still gives the same successor, for clients that lost the answer. */
  refreshGraceSeconds: number;
}

export interface SessionDeps {
  passwords: PasswordHasher;
  tokens: TokenDeriver;
  accessTokens: AccessTokens;
  memberships: MembershipDirectory;
  settings: SessionSettings;
}

type Login = { emailKey: string } | { usernameKey: string };

/** No username holds an @. */
function loginOf(text: string): Login {
  return text.includes('@') ? { emailKey: emailKeyOf(text) } : { usernameKey: usernameKeyOf(text) };
}

export type SessionService = ReturnType<typeof createSessionService>;

/** Sign-ins and the tokens that keep them: each session is one family of refresh tokens. */
export function createSessionService({
  passwords,
  tokens,
  accessTokens,
  memberships,
  settings,
}: SessionDeps) {
  const locked = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;

  function createRefreshToken(ctx: TransactionContext, session: Session): RefreshToken {
    const id = ctx.ids.next();
    const now = ctx.clock.now();
    const expiresAt = new Date(now.getTime() + settings.refreshTokenDays * 86_400_000);
    session.expiresAt = expiresAt;
    return ctx.em.create(RefreshToken, {
      id,
      session,
      tokenHash: hashToken(tokens.derive('refresh', id)),
      keyId: tokens.keyId,
      createdAt: now,
      expiresAt,
      spentAt: null,
      successorId: null,
    });
  }

  async function issueAccess(ctx: Context, account: Account, session: Session): Promise<AccessGrant> {
    const { activeOrgId } = session;
    const membership = activeOrgId ? await memberships.find(ctx, account.id, activeOrgId) : null;
    const { token, expiresAt } = await accessTokens.issue({
      userId: account.id,
      sessionId: session.id,
      platformAdmin: account.platformAdmin,
      membership,
    });
    return { accessToken: token, accessTokenExpiresAt: expiresAt };
  }

  async function issuePair(
    ctx: Context,
    account: Account,
    session: Session,
    refresh: Pick<RefreshToken, 'id' | 'keyId' | 'expiresAt'>,
  ): Promise<TokenPair> {
    return {
      ...(await issueAccess(ctx, account, session)),
      refreshToken: tokens.derive('refresh', refresh.id, refresh.keyId),
      refreshTokenExpiresAt: refresh.expiresAt,
    };
  }

  function endSession(ctx: TransactionContext, session: Session, reason: SessionEndReason): void {
    session.endedAt = ctx.clock.now();
    session.endReason = reason;
    const userId = session.account.id;
    const base = { orgId: PLATFORM_ORG_ID, subjectId: session.id } as const;
    ctx.emit(accessRevoked({ ...base, audience: { kind: 'system' }, payload: { sessionId: session.id } }));
    ctx.emit(
      sessionEnded({
        ...base,
        audience: { kind: 'user', userId },
        payload: { sessionId: session.id, reason },
      }),
    );
  }

  /** @returns the token to hand out and its session, or null when the presented one is refused. */
  async function rotate(ctx: TransactionContext, token: string) {
    const presented = await ctx.em.findOne(RefreshToken, { tokenHash: hashToken(token) }, locked);
    if (!presented) return null;
    const now = ctx.clock.now();
    const session = await presented.session.loadOrFail(locked);
    if (session.endedAt || presented.expiresAt <= now) return null;
    const { spentAt, successorId } = presented;
    if (!spentAt) {
      const successor = createRefreshToken(ctx, session);
      presented.spentAt = now;
      presented.successorId = successor.id;
      session.lastSeenAt = now;
      return { refresh: successor, session };
    }
    const withinGrace = now.getTime() - spentAt.getTime() <= settings.refreshGraceSeconds * 1000;
    if (withinGrace && successorId) {
      return { refresh: await ctx.em.findOneOrFail(RefreshToken, { id: successorId }), session };
    }
    endSession(ctx, session, 'refresh-token-reused');
    return null;
  }

  /**
   * Says why a sign-in fails. Registrations of an address that has an account count like all others, and the work
   * is the same for every login: else registering an address and signing in there would tell whether it is known.
   */
  async function refusalOf(ctx: Context, login: Login, password: string): Promise<AppError> {
    const [registration] = await ctx.em.find(
      Registration,
      { ...login, passwordHash: { $ne: null } },
      { orderBy: { createdAt: 'desc', id: 'desc' }, limit: 1 },
    );
    const waits = await checkPassword(passwords, registration?.passwordHash ?? null, password);
    return waits ? new EmailNotVerifiedError() : new InvalidCredentialsError();
  }

  return {
    /** @throws InvalidCredentialsError, EmailNotVerifiedError */
    async signIn(ctx: Context, { login, password }: SignInInput): Promise<SignedIn> {
      const key = loginOf(login);
      const account = await ctx.em.findOne(Account, key);
      const right = await checkPassword(passwords, account?.passwordHash ?? null, password);
      if (!account || !right) throw await refusalOf(ctx, key, password);
      const renewedHash = await renewHash(passwords, account.passwordHash, password);
      const { session, refresh } = await ctx.transaction(async (tx) => {
        const now = tx.clock.now();
        if (renewedHash) {
          const unchanged = { id: account.id, passwordHash: account.passwordHash };
          await tx.em.nativeUpdate(Account, unchanged, { passwordHash: renewedHash, updatedAt: now });
        }
        const created = tx.em.create(Session, {
          id: tx.ids.next(),
          account: tx.em.getReference(Account, account.id),
          activeOrgId: null,
          address: ctx.client.address,
          userAgent: ctx.client.userAgent,
          createdAt: now,
          lastSeenAt: now,
          expiresAt: now,
          endedAt: null,
          endReason: null,
        });
        tx.emit(
          sessionStarted({
            orgId: PLATFORM_ORG_ID,
            subjectId: created.id,
            audience: { kind: 'user', userId: account.id },
            payload: { sessionId: created.id },
          }),
        );
        return { session: created, refresh: createRefreshToken(tx, created) };
      });
      return { ...(await issuePair(ctx, account, session, refresh)), account, session };
    },

    /**
     * Exchanges a refresh token for its successor and a new access token. Within the grace period a spent one
     * gives the same successor again; after it, a spent one means that two hold it, and the session ends.
     * @throws RefreshTokenRefusedError
     */
    async refresh(ctx: Context, token: string): Promise<SignedIn> {
      if (!looksLikeToken('refresh', token)) throw new RefreshTokenRefusedError();
      const rotated = await ctx.transaction((tx) => rotate(tx, token));
      if (!rotated) throw new RefreshTokenRefusedError();
      const { session, refresh } = rotated;
      const account = await ctx.em.findOneOrFail(Account, { id: session.account.id });
      return { ...(await issuePair(ctx, account, session, refresh)), account, session };
    },

    /** Makes the organization the session's active one. The caller has checked the membership. */
    async switchOrganization(ctx: Context, actor: UserActor, orgId: string): Promise<AccessGrant> {
      const session = await ctx.transaction(async (tx) => {
        const own = await tx.em.findOneOrFail(Session, { id: actor.sessionId }, locked);
        own.activeOrgId = orgId;
        return own;
      });
      const account = await ctx.em.findOneOrFail(Account, { id: actor.userId });
      return issueAccess(ctx, account, session);
    },

    /** Ends the session of the caller. Repeating it changes nothing. */
    async signOut(ctx: Context, actor: UserActor): Promise<void> {
      await ctx.transaction(async (tx) => {
        const session = await tx.em.findOne(Session, { id: actor.sessionId }, locked);
        if (session && !session.endedAt) endSession(tx, session, 'signed-out');
      });
    },

    /** Ends one of the caller's sessions. @throws NotFoundError for one that is not theirs. */
    async end(ctx: Context, actor: UserActor, sessionId: string): Promise<Session> {
      return ctx.transaction(async (tx) => {
        const session = await tx.em.findOne(Session, { id: sessionId, account: actor.userId }, locked);
        if (!session) throw NotFoundError.of('session', sessionId);
        if (!session.endedAt) endSession(tx, session, 'ended-by-user');
        return session;
      });
    },

    /** Ends every session of the caller but the one that asks. @returns how many. */
    async endOthers(ctx: Context, actor: UserActor): Promise<number> {
      return ctx.transaction(async (tx) => {
        const others = await tx.em.find(
          Session,
          { account: actor.userId, endedAt: null, id: { $ne: actor.sessionId } },
          { ...locked, orderBy: { id: 'asc' } },
        );
        for (const session of others) endSession(tx, session, 'ended-by-user');
        return others.length;
      });
    },
  };
}
