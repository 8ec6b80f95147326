import { openInfrastructure, type Infrastructure } from '../../../src/app/infrastructure.js';
import { sweepAccounts } from '../../../src/domains/accounts/accounts.jobs.js';
import { systemActor } from '../../../src/kernel/actor.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { uuidV7Ids } from '../../../src/kernel/ids.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { captureLog } from '../../support/captured-log.js';

interface Kept {
  accounts: string[];
  registrations: string[];
  sessions: string[];
  tokens: number;
}

describe('sweeping accounts', () => {
  let database: TestDatabase;
  let infrastructure: Infrastructure;
  beforeAll(async () => {
    database = await createTestDatabase();
    infrastructure = await openInfrastructure({
      databaseUrl: database.url('app'),
      poolSize: 2,
      busKind: 'in-process',
      log: captureLog('info').log,
      clock: systemClock,
      ids: uuidV7Ids,
    });
  });
  afterAll(async () => {
    await infrastructure.close();
    await database.drop();
  });

  async function account(name: string): Promise<void> {
    await database.query(
      'owner',
      `insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at, created_at, updated_at)
       values (gen_random_uuid(), $1, $1, $1, $1, $1, '', now(), now() - interval '100 days', now())`,
      [name],
    );
  }

  /** A registration whose link ended so many days ago. */
  async function registration(name: string, linkEndedDays: number): Promise<void> {
    await database.query(
      'owner',
      `insert into registration (id, email, email_key, username, username_key, name, password_hash, token_hash, key_id, created_at, expires_at)
       values (gen_random_uuid(), $1::text, $1::text, $1::text, $1::text, $1::text, '', sha256($1::text::bytea), '', now() - interval '30 days', now() - $2 * interval '1 day')`,
      [name, linkEndedDays],
    );
  }

  /** A session that ended or expired so many days ago, with a refresh token that expired then. */
  async function session(label: string, column: 'ended_at' | 'expires_at', daysAgo: number): Promise<void> {
    const ended = column === 'ended_at' ? `now() - $2 * interval '1 day'` : 'null';
    await database.query(
      'owner',
      `with made as (
         insert into session (id, account_id, user_agent, created_at, last_seen_at, expires_at, ended_at)
         select gen_random_uuid(), id, $1, now(), now(), now() - $2 * interval '1 day', ${ended}
         from account where username = 'verified' returning id
       )
       insert into refresh_token (id, session_id, token_hash, key_id, created_at, expires_at)
       select gen_random_uuid(), id, sha256(id::text::bytea), '', now(), now() - $2 * interval '1 day' from made`,
      [label, daysAgo],
    );
  }

  async function kept(): Promise<Kept | undefined> {
    const [row] = await database.query<Kept>(
      'owner',
      `select (select array_agg(username order by username) from account) as accounts,
         (select array_agg(username order by username) from registration) as registrations,
         (select array_agg(user_agent order by user_agent) from session) as sessions,
         (select count(*)::int from refresh_token) as tokens`,
    );
    return row;
  }

  it('deletes what is of no use any more, and nothing else, however often it runs', async () => {
    await account('verified');
    await registration('never verified', 8);
    await registration('link ended lately', 6);
    await registration('waits', -0.5);
    await session('ended long ago', 'ended_at', 31);
    await session('ended lately', 'ended_at', 29);
    await session('expired long ago', 'expires_at', 31);
    await session('expired today', 'expires_at', 0.5);

    for (let run = 0; run < 2; run += 1) {
      const ctx = infrastructure.createContext({ actor: systemActor('sweep-accounts'), requestId: 'test' });
      const attempt = { id: '', number: 1, isLast: true, signal: new AbortController().signal };
      await sweepAccounts.handle(ctx, {}, attempt);
      expect(await kept()).toEqual({
        accounts: ['verified'],
        registrations: ['link ended lately', 'waits'],
        sessions: ['ended lately', 'expired today'],
        tokens: 1,
      });
    }
  });

  it('stops between two deletes when its time is over', async () => {
    const ctx = infrastructure.createContext({ actor: systemActor('sweep-accounts'), requestId: 'test' });
    await registration('left for the next run', 9);
    const attempt = { id: '', number: 1, isLast: true, signal: AbortSignal.abort() };
    await expect(sweepAccounts.handle(ctx, {}, attempt)).rejects.toThrow(/abort/i);
    expect((await kept())?.registrations).toContain('left for the next run');
  });
});
