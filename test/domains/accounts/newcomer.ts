import { randomBytes } from 'node:crypto';
import type { TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { Register } from './documents.js';

export interface Newcomer {
  email: string;
  username: string;
  password: string;
}

/** Somebody who has not registered yet. */
export function newcomer(given: Partial<Newcomer> = {}): Newcomer {
  const username = `new-${randomBytes(6).toString('hex')}`;
  return { email: `${username}@example.com`, username, password: 'a long enough one', ...given };
}

export async function register(app: TestApp, person: Newcomer): Promise<void> {
  await createClient(app.url).run(Register, { input: person });
}

/** The token in the link of a page of ours. */
export function tokenOfLinks(links: string[], page: string): string {
  const link = links.find((each) => new URL(each).pathname === `/${page}`);
  const token = link && new URLSearchParams(new URL(link).hash.slice(1)).get('token');
  if (!token) throw new Error(`No link to /${page} with a token among ${links.join(', ')}.`);
  return token;
}

/** The token of the newest verification mail to an address, waiting for one if need be. */
export async function mailedVerificationToken(app: TestApp, email: string): Promise<string> {
  const { links } = await app.mail.waitFor({ to: email, subject: /confirm|verif/i });
  return tokenOfLinks(links, 'verify-email');
}
