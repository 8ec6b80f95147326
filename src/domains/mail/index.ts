import { MailMessage } from './mail-message.entity.js';

export const mailEntities = [MailMessage];

export { createMail } from './mail.module.js';
export type { MailTransport } from './mail.ports.js';
