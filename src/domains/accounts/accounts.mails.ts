import type { Context } from '../../kernel/context.js';
import type { TokenDeriver } from '../../kernel/crypto/derived-token.js';
import { Account } from './account.entity.js';
import { EmailVerification } from './email-verification.entity.js';

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
  function addressed(account: Account): AccountMail {
    return { to: { address: account.email, name: account.name }, username: account.username };
  }

  return {
    async verification(ctx: Context, verificationId: string): Promise<VerificationMail | null> {
      const verification = await ctx.em.findOne(
        EmailVerification,
        { id: verificationId },
        { populate: ['account'] },
      );
      const now = ctx.clock.now();
      if (!verification || verification.usedAt || verification.expiresAt <= now) return null;
      const remainingMs = verification.expiresAt.getTime() - now.getTime();
      return {
        ...addressed(verification.account.$),
        token: tokens.derive('verification', verification.id, verification.keyId),
        expiresInHours: Math.max(1, Math.round(remainingMs / 3_600_000)),
      };
    },
    async account(ctx: Context, accountId: string): Promise<AccountMail | null> {
      const account = await ctx.em.findOne(Account, { id: accountId });
      return account && addressed(account);
    },
  };
}
