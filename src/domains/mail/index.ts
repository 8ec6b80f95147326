import { MailMessage } from './mail-message.entity.js';

export const mailEntities = [MailMessage];

export { previewedTemplates, previewMail } from './mail-preview.js';
export { createMail } from './mail.module.js';
export type { MailTransport } from './mail.ports.js';
