import { Router, type RequestHandler } from 'express';
import { acceptInvitationPage } from './accept-invitation.page.js';
import { landingPage } from './landing.page.js';
import type { Page } from './layout.js';
import { verifyEmailPage } from './verify-email.page.js';

export interface PageOptions {
  productName: string;
  /** Whether to link what only a development server has. */
  development: boolean;
}

function show({ document, headers }: Page): RequestHandler {
  return (_req, res) => {
    res.set(headers).send(document);
  };
}

const refuse: RequestHandler = (req, res) => {
  const message = `${req.path} is a page: it answers to GET and HEAD, not to ${req.method}.`;
  res
    .status(405)
    .set('Allow', 'GET, HEAD')
    .json({ errors: [{ message, extensions: { code: 'BAD_REQUEST' } }] });
};

/** The pages that people come to from mails, and the one at the bare address. Each is made once. */
export function pageRoutes({ productName, development }: PageOptions): Router {
  const router = Router();
  const pages: Record<string, Page> = {
    '/': landingPage(productName, development),
    '/verify-email': verifyEmailPage(productName),
    '/accept-invitation': acceptInvitationPage(productName),
  };
  for (const [path, page] of Object.entries(pages)) router.route(path).get(show(page)).all(refuse);
  return router;
}
