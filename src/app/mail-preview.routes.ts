import { Router } from 'express';
import { previewedTemplates, previewMail } from '../domains/mail/index.js';
import { html } from './pages/html.js';
import { layOut } from './pages/layout.js';

export const mailPreviewPath = '/dev/mail-templates';

/** The mail templates with sample data, in development: a list, and each one as HTML or text. */
export function mailPreviewRoutes(productName: string): Router {
  const router = Router();
  const links = previewedTemplates.map(
    (name) =>
      html`<li>
        <a href="${mailPreviewPath}/${name}">${name}</a> · <a href="${mailPreviewPath}/${name}.txt">text</a>
      </li>`,
  );
  const list = layOut({
    productName,
    title: 'Mail templates',
    body: html`<h1>Mail templates</h1>
      <ul>
        ${links}
      </ul>`,
  });
  router.get(mailPreviewPath, (_req, res) => {
    res.set(list.headers).send(list.document);
  });
  router.get(`${mailPreviewPath}/:file`, (req, res, next) => {
    const { file } = req.params;
    const asText = file.endsWith('.txt');
    const mail = previewMail(file.replace(/\.txt$/, ''), { productName });
    if (!mail) next();
    else if (asText) res.type('text/plain').send(`${mail.subject}\n\n${mail.text}`);
    else
      res
        .set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox")
        .send(mail.html);
  });
  return router;
}
