import type { TestApp } from '../../support/app.js';
import { createOwner, type Member } from '../../support/factories/organization.js';
import { waitFor } from '../../support/wait-for.js';
import { Invite } from '../organizations/documents.js';

export interface MailRow {
  id: string;
  org_id: string;
  subject_id: string;
  status: string;
  attempts: number;
  unconfirmed_attempts: number;
  last_error: string | null;
  template: string;
  sent_at: Date | null;
}

/** The queued mails about something, oldest first. */
export function mailsAbout(app: Pick<TestApp, 'database'>, subjectId: string): Promise<MailRow[]> {
  const sql = 'select * from mail_message where subject_id = $1 order by created_at';
  return app.database.query<MailRow>('owner', sql, [subjectId]);
}

/** Waits until the one mail about something is as described. */
export async function waitForMail(
  app: Pick<TestApp, 'database'>,
  subjectId: string,
  fits: (mail: MailRow) => boolean,
  timeoutMs = 8000,
): Promise<MailRow> {
  let last: MailRow | undefined;
  const probe = async () => {
    [last] = await mailsAbout(app, subjectId);
    return last && fits(last) ? last : null;
  };
  return waitFor(probe, { timeoutMs, what: 'the expected state of the mail' }).catch((error: unknown) => {
    throw new Error(`the mail is ${JSON.stringify(last)}`, { cause: error });
  });
}

let invited = 0;

export interface InvitedMail {
  owner: Member;
  email: string;
  invitationId: string;
}

/** Causes one mail: an invitation to an address of its own. */
export async function causeMail(app: TestApp, by?: Member): Promise<InvitedMail> {
  const owner = by ?? (await createOwner(app));
  invited += 1;
  const email = `invited-${invited}-${Date.now()}@example.com`;
  const { inviteMember } = await owner.client.run(Invite, { input: { email, role: 'MEMBER' } });
  return { owner, email, invitationId: inviteMember.id };
}

/** The dead letters of a mail. */
export function deadLettersOf(app: Pick<TestApp, 'database'>, mailId: string): Promise<{ data: object }[]> {
  const sql = `select data from pgboss.job where name = 'dead-letter' and data->>'mailId' = $1`;
  return app.database.query('superuser', sql, [mailId]);
}
