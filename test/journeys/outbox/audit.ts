import type { MailCatcher } from '../../../src/embedded/mail/mail-catcher.js';
import type { TestDatabase } from '../../support/database.js';
import type { Seen } from './subscriber.js';

/** What the database and the mail catcher say at the end. */
export interface Audit {
  events: number;
  unpublished: number;
  streams: number;
  /** Streams whose positions are not 1 … head. */
  streamsNotDense: number;
  /** Events published before an earlier one of the same subject. */
  outOfOrder: number;
  jobs: number;
  jobsTakenOver: number;
  jobsNotCompleted: number;
  deadLetters: number;
  /** Events whose consumers ran a number of jobs other than one each. */
  eventsWithoutTheirJob: number;
  mailRows: number;
  mailsSent: number;
  mailsGivenUp: number;
  mailsWithoutTheirJob: number;
  mailsCaught: number;
  /** Same Message-ID again: the worker died between the server's answer and its own note. */
  mailsCaughtTwice: number;
  mailsCaughtMoreOften: number;
}

const numbersSql = `
  with ordered as (
    select position, lag(position) over (partition by org_id, subject_id order by seq) as before from event
  ),
  streams as (
    select s.position as head, count(e.position) as n, max(e.position) as last, count(distinct e.position) as distinct_n
    from event_stream s left join event e on e.org_id = s.org_id group by s.org_id, s.position
  ),
  consumed as (
    select e.id, count(j.id) as jobs from event e
    left join pgboss.job j on j.name = 'mail.queue-invitation' and j.data->>'eventId' = e.id::text
    where e.type = 'invitation.created.v1' group by e.id
  ),
  mails as (
    select m.status, count(j.id) as jobs from mail_message m
    left join pgboss.job j on j.name = 'send-mail' and j.data->>'mailId' = m.id::text
    group by m.org_id, m.id, m.status
  ),
  work as (
    select state::text as state, retry_count from pgboss.job where name in ('mail.queue-invitation', 'send-mail')
  )
  select
    (select count(*) from event)::int as "events",
    (select count(*) from event where position is null)::int as "unpublished",
    (select count(*) from streams)::int as "streams",
    (select count(*) from streams where n <> head or last <> head or distinct_n <> head)::int as "streamsNotDense",
    (select count(*) from ordered where before >= position)::int as "outOfOrder",
    (select count(*) from work)::int as "jobs",
    (select count(*) from work where retry_count > 0)::int as "jobsTakenOver",
    (select count(*) from work where state <> 'completed')::int as "jobsNotCompleted",
    (select count(*) from pgboss.job where name = 'dead-letter')::int as "deadLetters",
    (select count(*) from consumed where jobs <> 1)::int as "eventsWithoutTheirJob",
    (select count(*) from mails)::int as "mailRows",
    (select count(*) from mails where status = 'sent')::int as "mailsSent",
    (select count(*) from mails where status = 'failed')::int as "mailsGivenUp",
    (select count(*) from mails where jobs <> 1)::int as "mailsWithoutTheirJob"`;

export async function audit(database: TestDatabase, mail: MailCatcher): Promise<Audit> {
  const [numbers] = await database.query<
    Omit<Audit, 'mailsCaught' | 'mailsCaughtTwice' | 'mailsCaughtMoreOften'>
  >('superuser', numbersSql);
  if (!numbers) throw new Error('no figures');
  const copies = [...Map.groupBy(mail.messages(), ({ messageId }) => messageId).values()].map(
    ({ length }) => length,
  );
  return {
    ...numbers,
    mailsCaught: copies.length,
    mailsCaughtTwice: copies.filter((count) => count === 2).length,
    mailsCaughtMoreOften: copies.filter((count) => count > 2).length,
  };
}

/** What a member who sees everything has to have seen of the organization, in its order. */
export async function expectedFeed(database: TestDatabase, orgId: string): Promise<Seen[]> {
  const rows = await database.query<{ subject_id: string; type: string }>(
    'owner',
    `select subject_id, type from event where org_id = $1 and type like 'environment.%' order by position`,
    [orgId],
  );
  return rows.map(({ subject_id: environmentId, type }) => ({
    environmentId,
    change: (type.split('.')[1] ?? '').toUpperCase(),
  }));
}

/** Whether anything is still on its way. */
export async function isSettled(database: TestDatabase): Promise<boolean> {
  const [row] = await database.query<{ waiting: boolean }>(
    'superuser',
    `select exists (select from event where position is null) or exists (
       select from pgboss.job where name in ('mail.queue-invitation', 'send-mail')
       and state in ('created', 'retry', 'active')) as waiting`,
  );
  return row?.waiting === false;
}

const queues = `('mail.queue-invitation', 'send-mail')`;

/**
 * Lets time pass for jobs whose worker is dead, as it would have shown signs of life every five seconds, and
 * for retries; and makes the workers look.
 */
export async function hurryTakeover(database: TestDatabase): Promise<void> {
  await database.query(
    'superuser',
    `update pgboss.job set heartbeat_on = heartbeat_on - interval '10 seconds'
     where name in ${queues} and state = 'active' and heartbeat_on between now() - interval '10 seconds'
       and now() - interval '6 seconds'`,
  );
  await database.query(
    'superuser',
    `update pgboss.job set start_after = now() where name in ${queues} and state = 'retry' and start_after > now()`,
  );
  await database.query(
    'superuser',
    `select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), name)
     from unnest(array['mail.queue-invitation', 'send-mail']) as name`,
  );
}
