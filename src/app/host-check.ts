import { answerJson, type BegunRequest } from './http-request.js';

const localNames = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses requests for other names than this machine's: a page on the internet whose name is made to point
 * here (DNS rebinding) could otherwise read the mails of the catcher, tokens and all.
 * @returns a check that answers and says true when the request was refused.
 */
export function createHostCheck(publicUrl: string): (request: BegunRequest) => boolean {
  const allowed = new Set([...localNames, new URL(publicUrl).hostname]);
  return ({ incoming, outgoing }) => {
    const name = (incoming.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    if (allowed.has(name)) return false;
    const message = `In development this server answers to ${[...allowed].join(', ')} only. Set PUBLIC_URL to add a name.`;
    answerJson(outgoing, 403, { errors: [{ message, extensions: { code: 'FORBIDDEN' } }] });
    return true;
  };
}
