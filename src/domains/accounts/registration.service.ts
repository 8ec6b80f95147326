import { LockMode, UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Context, TransactionContext } from '../../kernel/context.js';
import type { PasswordHasher } from '../../kernel/crypto/password-hasher.js';
import { hashToken, looksLikeToken, type TokenDeriver } from '../../kernel/crypto/derived-token.js';
import { PLATFORM_ORG_ID } from '../../kernel/ids.js';
import { Account } from './account.entity.js';
import { UsernameTakenError, VerificationInvalidError } from './accounts.errors.js';
import { accountVerified, registrationRepeated, verificationRequested } from './accounts.events.js';
import { EmailVerification } from './email-verification.entity.js';
import { emailKeyOf, usernameKeyOf } from './names.js';
import { hashPassword } from './passwords.js';

export interface RegisterInput {
  email: string;
  username: string;
  password: string;
  name?: string | undefined;
}

export interface RegistrationSettings {
  verificationTokenHours: number;
  resendCooldownSeconds: number;
}

export interface RegistrationDeps {
  passwords: PasswordHasher;
  tokens: TokenDeriver;
  settings: RegistrationSettings;
}

export type RegistrationService = ReturnType<typeof createRegistrationService>;

export function createRegistrationService({ passwords, tokens, settings }: RegistrationDeps) {
  function requestVerification(ctx: TransactionContext, account: Account, passwordHash: string): void {
    const id = ctx.ids.next();
    const now = ctx.clock.now();
    ctx.em.create(EmailVerification, {
      id,
      account,
      tokenHash: hashToken(tokens.derive('verification', id)),
      keyId: tokens.keyId,
      passwordHash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + settings.verificationTokenHours * 3_600_000),
      usedAt: null,
    });
    // The account row is locked last: events of one account keep the order of its changes.
    account.updatedAt = now;
    ctx.emit(
      verificationRequested({
        orgId: PLATFORM_ORG_ID,
        subjectId: account.id,
        audience: { kind: 'system' },
        payload: { accountId: account.id, verificationId: id },
      }),
    );
  }

  /** The newest token of an account, and whether a mail for it may be sent again already. */
  async function newestVerification(ctx: TransactionContext, account: Account) {
    const newest = await ctx.em.findOne(EmailVerification, { account }, { orderBy: { createdAt: 'desc' } });
    const cooldownMs = settings.resendCooldownSeconds * 1000;
    const cooling = newest !== null && ctx.clock.now().getTime() - newest.createdAt.getTime() < cooldownMs;
    return { newest, cooling };
  }

  async function registerAgain(
    ctx: TransactionContext,
    account: Account,
    passwordHash: string,
  ): Promise<void> {
    if (account.emailVerifiedAt) {
      ctx.emit(
        registrationRepeated({
          orgId: PLATFORM_ORG_ID,
          subjectId: account.id,
          audience: { kind: 'system' },
          payload: { accountId: account.id },
        }),
      );
      return;
    }
    const { cooling } = await newestVerification(ctx, account);
    if (!cooling) requestVerification(ctx, account, passwordHash);
  }

  async function registerOnce(ctx: Context, input: RegisterInput, passwordHash: string): Promise<void> {
    const emailKey = emailKeyOf(input.email);
    const usernameKey = usernameKeyOf(input.username);
    await ctx.transaction(async (tx) => {
      const known = await tx.em.findOne(Account, { emailKey }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (known) return registerAgain(tx, known, passwordHash);
      if (await tx.em.count(Account, { usernameKey })) throw UsernameTakenError.of(input.username);
      const now = tx.clock.now();
      const account = tx.em.create(Account, {
        id: tx.ids.next(),
        email: input.email.trim(),
        emailKey,
        username: input.username,
        usernameKey,
        name: input.name ?? input.username,
        passwordHash,
        platformAdmin: false,
        emailVerifiedAt: null,
        createdAt: now,
        updatedAt: now,
      });
      requestVerification(tx, account, passwordHash);
    });
  }

  return {
    /**
     * Registers an account, inactive until its address is verified. For an address that is already registered
     * the answer and the work are the same; its owner gets a mail.
     * @throws UsernameTakenError
     */
    async register(ctx: Context, input: RegisterInput): Promise<{ email: string }> {
      const passwordHash = await hashPassword(passwords, input.password);
      try {
        await registerOnce(ctx, input, passwordHash);
      } catch (error) {
        // Two registrations at once: this time the other one is found.
        if (!(error instanceof UniqueConstraintViolationException)) throw error;
        await registerOnce(ctx, input, passwordHash);
      }
      return { email: input.email.trim() };
    },

    /** Sends the verification mail again, at most once in the cooldown; the answer never tells whether it did. */
    async resendVerification(ctx: Context, email: string): Promise<void> {
      await ctx.transaction(async (tx) => {
        const lock = { lockMode: LockMode.PESSIMISTIC_WRITE };
        const account = await tx.em.findOne(Account, { emailKey: emailKeyOf(email) }, lock);
        if (!account || account.emailVerifiedAt) return;
        const { newest, cooling } = await newestVerification(tx, account);
        if (newest && !cooling) requestVerification(tx, account, newest.passwordHash);
      });
    },

    /**
     * Proves the address and activates the account with the password of that registration.
     * @throws VerificationInvalidError for a token that is unknown, used or expired.
     */
    async verifyEmail(ctx: Context, token: string): Promise<Account> {
      if (!looksLikeToken('verification', token)) throw new VerificationInvalidError();
      return ctx.transaction(async (tx) => {
        const now = tx.clock.now();
        const verification = await tx.em.findOne(
          EmailVerification,
          { tokenHash: hashToken(token) },
          { lockMode: LockMode.PESSIMISTIC_WRITE },
        );
        if (!verification || verification.usedAt || verification.expiresAt <= now) {
          throw new VerificationInvalidError();
        }
        const account = await verification.account.loadOrFail({ lockMode: LockMode.PESSIMISTIC_WRITE });
        account.passwordHash = verification.passwordHash;
        account.emailVerifiedAt = now;
        account.updatedAt = now;
        // The other links that were sent for this address lead nowhere from now on.
        await tx.em.nativeUpdate(EmailVerification, { account, usedAt: null }, { usedAt: now });
        tx.emit(
          accountVerified({
            orgId: PLATFORM_ORG_ID,
            subjectId: account.id,
            audience: { kind: 'user', userId: account.id },
            payload: { accountId: account.id },
          }),
        );
        return account;
      });
    },
  };
}
