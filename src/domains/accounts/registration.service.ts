import { UniqueConstraintViolationException } from '@mikro-orm/core';
import type { Context, TransactionContext } from '../../kernel/context.js';
import type { PasswordHasher } from '../../kernel/crypto/password-hasher.js';
import { hashToken, looksLikeToken, type TokenDeriver } from '../../kernel/crypto/derived-token.js';
import { PLATFORM_ORG_ID } from '../../kernel/ids.js';
import { Account } from './account.entity.js';
import {
  UsernameTakenError,
  VerificationInvalidError,
  VerificationNeedsPasswordError,
} from './accounts.errors.js';
import { accountVerified, registrationRepeated, verificationRequested } from './accounts.events.js';
import { emailKeyOf, usernameKeyOf } from './names.js';
import { checkPassword, hashPassword } from './passwords.js';
import { Registration } from './registration.entity.js';
import { lastMailedOf, lockAddress, pendingOf, registrationsOf, surplusOf } from './registrations.js';

export interface RegisterInput {
  email: string;
  username: string;
  password: string;
  name?: string | undefined;
}

export interface VerifyEmailInput {
  token: string;
  /** Says which registration is meant, when several wait for the address. */
  password?: string | undefined;
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
  function isCooling(ctx: Context, registrations: Registration[]): boolean {
    const last = lastMailedOf(registrations)?.mailRequestedAt;
    return !!last && ctx.clock.now().getTime() - last.getTime() < settings.resendCooldownSeconds * 1000;
  }

  /** What makes a link work for its time from now on. */
  function freshLink(ctx: Context, id: string) {
    return {
      tokenHash: hashToken(tokens.derive('verification', id)),
      keyId: tokens.keyId,
      expiresAt: new Date(ctx.clock.now().getTime() + settings.verificationTokenHours * 3_600_000),
    };
  }

  function requestVerification(ctx: TransactionContext, registration: Registration): void {
    registration.mailRequestedAt = ctx.clock.now();
    const { id } = registration;
    ctx.emit(
      verificationRequested({
        orgId: PLATFORM_ORG_ID,
        subjectId: id,
        audience: { kind: 'system' },
        payload: { registrationId: id },
      }),
    );
  }

  function tellOwner(ctx: TransactionContext, registration: Registration, accountId: string): void {
    registration.mailRequestedAt = ctx.clock.now();
    ctx.emit(
      registrationRepeated({
        orgId: PLATFORM_ORG_ID,
        subjectId: accountId,
        audience: { kind: 'system' },
        payload: { accountId },
      }),
    );
  }

  /** Keeps the registration. The same statements for an address that has an account and for one that has not. */
  async function keep(ctx: TransactionContext, input: RegisterInput, passwordHash: string): Promise<void> {
    const emailKey = emailKeyOf(input.email);
    const usernameKey = usernameKeyOf(input.username);
    await lockAddress(ctx, emailKey);
    const known = await ctx.em.findOne(Account, { emailKey });
    // Asked of everybody alike: else the answer to a taken name would tell whether the address is known.
    if (await ctx.em.count(Account, { usernameKey })) throw UsernameTakenError.of(input.username);
    const earlier = await registrationsOf(ctx, emailKey);
    await ctx.em.nativeDelete(Registration, { id: { $in: surplusOf(earlier).map(({ id }) => id) } });
    const id = ctx.ids.next();
    const now = ctx.clock.now();
    const registration = ctx.em.create(Registration, {
      id,
      email: input.email.trim(),
      emailKey,
      username: input.username,
      usernameKey,
      name: input.name ?? input.username,
      passwordHash,
      ...freshLink(ctx, id),
      createdAt: now,
      mailRequestedAt: null,
      usedAt: known ? now : null,
    });
    if (isCooling(ctx, earlier)) return;
    if (known) tellOwner(ctx, registration, known.id);
    else requestVerification(ctx, registration);
  }

  /** Which of the registrations that wait is meant: the only one, or the one with the password. */
  async function choose(pending: Registration[], password: string | undefined): Promise<Registration> {
    const [only, ...others] = pending;
    if (!only) throw new VerificationInvalidError();
    if (password === undefined) {
      if (others.length > 0) throw VerificationNeedsPasswordError.missing();
      return only;
    }
    for (const each of pending) {
      if (await checkPassword(passwords, each.passwordHash ?? null, password)) return each;
    }
    throw VerificationNeedsPasswordError.wrong();
  }

  function isGood(ctx: Context, link: Registration | null | undefined): link is Registration {
    return !!link && link.usedAt === null && link.expiresAt > ctx.clock.now();
  }

  /** Makes the account of a registration, and uses up every one of its address. */
  async function activate(
    ctx: TransactionContext,
    link: Registration,
    chosen: Registration,
    withPassword: boolean,
  ): Promise<Account> {
    const { emailKey } = link;
    await lockAddress(ctx, emailKey);
    const pending = pendingOf(await registrationsOf(ctx, emailKey));
    const find = ({ id }: Registration) => pending.find((each) => each.id === id);
    const used = find(chosen);
    if (!isGood(ctx, find(link)) || !used?.passwordHash) throw new VerificationInvalidError();
    const { usernameKey, email, username, name, passwordHash } = used;
    if (pending.length > 1 && !withPassword) throw VerificationNeedsPasswordError.missing();
    const holders = await ctx.em.find(Account, { $or: [{ emailKey }, { usernameKey }] });
    if (holders.some((holder) => holder.emailKey === emailKey)) throw new VerificationInvalidError();
    if (holders.length > 0) throw UsernameTakenError.meanwhile(username);
    const now = ctx.clock.now();
    for (const each of pending) each.usedAt = now;
    used.passwordHash = null;
    const account = ctx.em.create(Account, {
      id: ctx.ids.next(),
      email,
      emailKey,
      username,
      usernameKey,
      name,
      passwordHash,
      platformAdmin: false,
      emailVerifiedAt: now,
      createdAt: now,
      updatedAt: now,
    });
    ctx.emit(
      accountVerified({
        orgId: PLATFORM_ORG_ID,
        subjectId: account.id,
        audience: { kind: 'user', userId: account.id },
        payload: { accountId: account.id },
      }),
    );
    return account;
  }

  return {
    /**
     * Keeps a registration and mails the link that makes an account of it. For an address that has an account
     * the answer and the work are the same, and its owner gets a mail. Within the cooldown no further mail goes
     * to an address; the link that was sent, with the password, is good for this registration too.
     * @throws UsernameTakenError when an account has the username
     */
    async register(ctx: Context, input: RegisterInput): Promise<{ email: string }> {
      const passwordHash = await hashPassword(passwords, input.password);
      await ctx.transaction((tx) => keep(tx, input, passwordHash));
      return { email: input.email.trim() };
    },

    /** Mails the newest registration's link again, at most once in the cooldown; the answer never tells. */
    async resendVerification(ctx: Context, email: string): Promise<void> {
      const emailKey = emailKeyOf(email);
      await ctx.transaction(async (tx) => {
        await lockAddress(tx, emailKey);
        const kept = await registrationsOf(tx, emailKey);
        const [newest] = pendingOf(kept);
        if (!newest || isCooling(tx, kept)) return;
        Object.assign(newest, freshLink(tx, newest.id));
        requestVerification(tx, newest);
      });
    },

    /**
     * Proves the address and makes the account. While several registrations wait for the address, the password
     * says which one is meant, so that nobody's is activated by somebody else's click.
     * @throws VerificationInvalidError for a token that is unknown, used or expired
     * @throws VerificationNeedsPasswordError
     * @throws UsernameTakenError when the username was taken since the registration
     */
    async verifyEmail(ctx: Context, { token, password }: VerifyEmailInput): Promise<Account> {
      if (!looksLikeToken('verification', token)) throw new VerificationInvalidError();
      const link = await ctx.em.findOne(Registration, { tokenHash: hashToken(token) });
      if (!isGood(ctx, link)) throw new VerificationInvalidError();
      // Before the transaction: checking passwords takes long, and holds no locks.
      const chosen = await choose(pendingOf(await registrationsOf(ctx, link.emailKey)), password);
      const run = () => ctx.transaction((tx) => activate(tx, link, chosen, password !== undefined));
      try {
        return await run();
      } catch (error) {
        // Two took the username at once: this time the other one is found.
        if (!(error instanceof UniqueConstraintViolationException)) throw error;
        return run();
      }
    },
  };
}
