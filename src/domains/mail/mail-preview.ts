import {
  renderMail,
  type MailBrand,
  type MailTemplateData,
  type MailTemplateName,
  type RenderedMail,
} from './render-mail.js';

const actionUrl = 'https://toolbox.example/verify-email#token=tbxv_example';

/** What each template looks like with somebody in it. */
const samples: MailTemplateData = {
  verification: { username: 'ada', actionUrl, expiresInHours: 24 },
  welcome: { username: 'ada', actionUrl },
  'account-exists': { username: 'ada', actionUrl },
  invitation: {
    organizationName: 'Analytical School',
    inviterName: 'Charles Babbage',
    role: 'member',
    actionUrl,
    expiresInDays: 7,
  },
};

export const previewedTemplates = Object.keys(samples) as MailTemplateName[];

/** Renders a template with sample data, for looking at it in development; null for a name that is none. */
export function previewMail(template: string, brand: MailBrand): RenderedMail | null {
  const name = previewedTemplates.find((each) => each === template);
  return name ? renderMail(name, samples[name], brand) : null;
}
