import type { Context } from '../../kernel/context.js';
import type { PasswordHasher } from '../../kernel/crypto/password-hasher.js';
import { Account } from './account.entity.js';
import { emailKeyOf, usernameKeyOf } from './names.js';

export interface FirstAdmin {
  username: string;
  password: string;
  email: string;
}

const insertSql = `
  insert into account (id, email, email_key, username, username_key, name, password_hash, platform_admin,
    email_verified_at, created_at, updated_at)
  values (?, ?, ?, ?, ?, ?, ?, true, ?, ?, ?)
  on conflict do nothing`;

/**
 * Makes the platform admin that the configuration names, unless an account has that username or address: a later
 * start neither resets its password nor promotes somebody else. Says in the log when somebody else has them.
 */
export async function ensureFirstAdmin(
  ctx: Context,
  passwords: PasswordHasher,
  { username, password, email }: FirstAdmin,
): Promise<void> {
  const usernameKey = usernameKeyOf(username);
  const emailKey = emailKeyOf(email);
  const findHolders = () => ctx.em.find(Account, { $or: [{ usernameKey }, { emailKey }] });
  if ((await findHolders()).length === 0) {
    const passwordHash = await passwords.hash(password);
    const now = ctx.clock.now();
    const names = [email, emailKey, username, usernameKey, username];
    // Several processes may start at once: the first one makes it.
    await ctx.em.execute(insertSql, [ctx.ids.next(), ...names, passwordHash, now, now, now]);
  }
  const holders = await findHolders();
  if (holders.some((holder) => holder.usernameKey === usernameKey && holder.platformAdmin)) return;
  const taken = holders.some((holder) => holder.usernameKey === usernameKey)
    ? 'username of ADMIN_USERNAME'
    : 'address of ADMIN_EMAIL';
  ctx.log.warn(
    `No platform admin was made: another account has the ${taken}. Set another one, and start again.`,
  );
}
