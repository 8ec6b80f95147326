import type { Context } from '../../kernel/context.js';
import type { PasswordHasher } from '../../kernel/crypto/password-hasher.js';
import { Account } from './account.entity.js';
import { emailKeyOf, usernameKeyOf } from './names.js';

export interface FirstAdmin {
  username: string;
  password: string;
  email: string;
}

/**
 * Makes the platform admin that the configuration names, unless an account of that name exists: a later
 * start neither resets its password nor promotes somebody else.
 */
export async function ensureFirstAdmin(
  ctx: Context,
  passwords: PasswordHasher,
  admin: FirstAdmin,
): Promise<void> {
  const usernameKey = usernameKeyOf(admin.username);
  if (await ctx.em.count(Account, { usernameKey })) return;
  const passwordHash = await passwords.hash(admin.password);
  const now = ctx.clock.now();
  // Several processes may start at once: the first one makes it.
  await ctx.em.upsert(
    Account,
    {
      id: ctx.ids.next(),
      email: admin.email,
      emailKey: emailKeyOf(admin.email),
      username: admin.username,
      usernameKey,
      name: admin.username,
      passwordHash,
      platformAdmin: true,
      emailVerifiedAt: now,
      createdAt: now,
      updatedAt: now,
    },
    { onConflictFields: ['usernameKey'], onConflictAction: 'ignore' },
  );
}
