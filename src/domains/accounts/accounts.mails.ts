import type { Context } from '../../kernel/context.js';
import type { TokenDeriver } from '../../kernel/crypto/derived-token.js';
import { Account } from './account.entity.js';
import { Registration } from './registration.entity.js';

export interface AccountMail {
  to: { address: string; name: string };
  username: string;
}

export interface VerificationMail extends AccountMail {
  /** In plaintext: for the mail that carries it and nothing else. */
  token: string;
  expiresInHours: number;
}

export type AccountMails = ReturnType<typeof createAccountMails>;

/** What the mails about accounts say, asked for when a mail is rendered; null when it is no longer wanted. */
export function createAccountMails(tokens: TokenDeriver) {
  function addressed({ email, name, username }: Account | Registration): AccountMail {
    return { to: { address: email, name }, username };
  }

  return {
    async verification(ctx: Context, registrationId: string): Promise<VerificationMail | null> {
      const registration = await ctx.em.findOne(Registration, { id: registrationId });
      const now = ctx.clock.now();
      if (!registration || registration.usedAt || registration.expiresAt <= now) return null;
      const remainingMs = registration.expiresAt.getTime() - now.getTime();
      return {
        ...addressed(registration),
        token: tokens.derive('verification', registration.id, registration.keyId),
        expiresInHours: Math.max(1, Math.round(remainingMs / 3_600_000)),
      };
    },
    async account(ctx: Context, accountId: string): Promise<AccountMail | null> {
      const account = await ctx.em.findOne(Account, { id: accountId });
      return account && addressed(account);
    },
  };
}
