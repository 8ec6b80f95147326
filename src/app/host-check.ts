import type { RequestHandler } from 'express';

const localNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests for other names than this machine's: a page on the internet whose name is made to point
 * here (DNS rebinding) could otherwise read the mails of the catcher, tokens and all.
 */
export function checkHost(publicUrl: string): RequestHandler {
  const allowed = new Set([...localNames, new URL(publicUrl).hostname]);
  return (req, res, next) => {
    const host = req.headers.host ?? '';
    const name = host.replace(/:\d+$/, '').toLowerCase();
    if (allowed.has(name)) {
      next();
      return;
    }
    const message = `In development this server answers to ${[...allowed].join(', ')} only. Set PUBLIC_URL to add a name.`;
    res.status(403).json({ errors: [{ message, extensions: { code: 'FORBIDDEN' } }] });
  };
}
