import type { Context } from '../../kernel/context.js';
import type { AccountMails } from '../accounts/index.js';
import type { OrganizationMails } from '../organizations/index.js';
import type { MailAddress } from './mail.ports.js';
import { renderMail, type MailBrand, type MailTemplateName, type RenderedMail } from './render-mail.js';

interface ComposedMail extends RenderedMail {
  to: MailAddress;
}

export interface MailComposerDeps {
  accounts: AccountMails;
  organizations: OrganizationMails;
  /** Links begin with it. */
  publicUrl: string;
  brand: MailBrand;
}

/** Makes the words and links of a queued mail; null when it is no longer wanted. */
export type ComposeMail = (ctx: Context, template: string, subjectId: string) => Promise<ComposedMail | null>;

export function createMailComposer({
  accounts,
  organizations,
  publicUrl,
  brand,
}: MailComposerDeps): ComposeMail {
  // In the fragment, which browsers keep to themselves: no token in an access log or a Referer.
  const link = (page: string, token: string) => new URL(`/${page}#token=${token}`, publicUrl).href;

  async function account(
    ctx: Context,
    template: 'welcome' | 'account-exists',
    id: string,
  ): Promise<ComposedMail | null> {
    const mail = await accounts.account(ctx, id);
    return (
      mail && {
        to: mail.to,
        ...renderMail(template, { username: mail.username, actionUrl: publicUrl }, brand),
      }
    );
  }

  const composers: Record<
    MailTemplateName,
    (ctx: Context, subjectId: string) => Promise<ComposedMail | null>
  > = {
    async verification(ctx, id) {
      const mail = await accounts.verification(ctx, id);
      if (!mail) return null;
      const { to, username, token, expiresInHours } = mail;
      const actionUrl = link('verify-email', token);
      return { to, ...renderMail('verification', { username, actionUrl, expiresInHours }, brand) };
    },
    async invitation(ctx, id) {
      const mail = await organizations.invitation(ctx, id);
      if (!mail) return null;
      const { to, token, ...words } = mail;
      return {
        to,
        ...renderMail('invitation', { ...words, actionUrl: link('accept-invitation', token) }, brand),
      };
    },
    welcome: (ctx, id) => account(ctx, 'welcome', id),
    'account-exists': (ctx, id) => account(ctx, 'account-exists', id),
  };

  return (ctx, template, subjectId) => composers[template as MailTemplateName](ctx, subjectId);
}
