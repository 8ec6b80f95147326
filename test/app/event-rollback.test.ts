import { readFileSync } from 'node:fs';
import { buildSchema } from 'graphql';
import { createTokenDeriver } from '../../src/kernel/crypto/derived-token.js';
import * as accounts from '../domains/accounts/documents.js';
import { newcomer, register } from '../domains/accounts/newcomer.js';
import * as environments from '../domains/environments/documents.js';
import * as organizations from '../domains/organizations/documents.js';
import { startTestApp, type TestApp } from '../support/app.js';
import { captureLog } from '../support/captured-log.js';
import { createClient, type GraphqlAnswer } from '../support/client.js';
import { createMember, createOwner, type Member } from '../support/factories/organization.js';
import { createAccount, createPerson, signIn } from '../support/factories/person.js';
import { createTestClock } from '../support/test-clock.js';

type Command = () => Promise<GraphqlAnswer<unknown>>;

const tokens = createTokenDeriver(Buffer.from('test-secret-key-0123456789-abcdefghijklmn'));

/** Commands that write no event; every other mutation of the schema has to be below. */
const withoutEvents = ['switchOrganization'];

/** Every command fails here when it commits, after its events were written: none of them may stay. */
describe('a command that fails after its events were written', () => {
  const clock = createTestClock();
  let app: TestApp;
  beforeAll(async () => {
    // No worker, which would change rows by itself.
    app = await startTestApp({ mode: 'api', clock, log: captureLog('silent').log });
    await app.database.query(
      'superuser',
      `create function refuse_commit() returns trigger language plpgsql as $$
       begin raise exception 'no commit today'; end $$`,
    );
  });
  afterAll(() => app.stop());

  const refuseCommits = (refuse: boolean) =>
    app.database.query(
      'superuser',
      refuse
        ? `create constraint trigger refuse_commit after insert on event deferrable initially deferred
           for each row execute function refuse_commit()`
        : 'drop trigger refuse_commit on event',
    );

  async function everything(): Promise<Record<string, string | null>> {
    const tables = await app.database.query<{ name: string }>(
      'superuser',
      `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
       and c.relkind in ('r', 'p') and not c.relispartition`,
    );
    const sums = tables.map(async ({ name }) => {
      const sql = `select md5(string_agg(r::text, '|' order by r::text)) as sum from "${name}" r`;
      const [row] = await app.database.query<{ sum: string | null }>('superuser', sql);
      return [name, row?.sum ?? null] as const;
    });
    return Object.fromEntries(await Promise.all(sums));
  }

  const eventCount = async () =>
    (await app.database.query<{ n: number }>('superuser', 'select count(*)::int as n from event'))[0]?.n ?? 0;

  async function newestId(sql: string, params: unknown[]): Promise<string> {
    const [row] = await app.database.query<{ id: string }>('owner', sql, params);
    return row?.id ?? '';
  }

  const anybody = () => createClient(app.url);

  async function unverified() {
    const person = newcomer();
    await register(app, person);
    const sql = `select id from registration where email_key = $1`;
    return { ...person, token: tokens.derive('verification', await newestId(sql, [person.email])) };
  }

  async function withEnvironment(): Promise<{ owner: Member; id: string }> {
    const owner = await createOwner(app);
    const { createEnvironment } = await owner.client.run(environments.CreateEnvironment, {
      input: { name: 'Lava' },
    });
    return { owner, id: createEnvironment.id };
  }

  async function withMember(): Promise<{ owner: Member; member: Member }> {
    const owner = await createOwner(app);
    return { owner, member: await createMember(app, owner.orgId, 'member') };
  }

  const invite = (by: Member, email: string) =>
    by.client.run(organizations.Invite, { input: { email, role: 'MEMBER' } });

  /** By mutation: makes ready what it needs and gives the command that is to fail. */
  const commands: Record<string, () => Promise<Command>> = {
    register: () => Promise.resolve(() => anybody().send(accounts.Register, { input: newcomer() })),
    'register of a known address': async () => {
      const { email } = await createAccount(app);
      return () => anybody().send(accounts.Register, { input: newcomer({ email }) });
    },
    resendVerification: async () => {
      const { email } = await unverified();
      clock.advanceMs(61_000);
      return () => anybody().send(accounts.Resend, { input: { email } });
    },
    verifyEmail: async () => {
      const { token } = await unverified();
      return () => anybody().send(accounts.Verify, { input: { token } });
    },
    signIn: async () => {
      const { username: login, password } = await createAccount(app);
      return () => anybody().send(accounts.SignIn, { input: { login, password } });
    },
    'refreshTokens with a spent one': async () => {
      const { refreshToken } = await createPerson(app);
      await anybody().run(accounts.Refresh, { input: { refreshToken } });
      clock.advanceMs(11_000);
      return () => anybody().send(accounts.Refresh, { input: { refreshToken } });
    },
    signOut: async () => {
      const { client } = await createPerson(app);
      return () => client.send(accounts.SignOut, {});
    },
    endSession: async () => {
      const person = await createPerson(app);
      const { session } = await signIn(app, person);
      return () => person.client.send(accounts.EndSession, { input: { sessionId: session.id } });
    },
    endOtherSessions: async () => {
      const person = await createPerson(app);
      await signIn(app, person);
      return () => person.client.send(accounts.EndOthers, {});
    },
    createOrganization: async () => {
      const { client } = await createPerson(app);
      const input = { name: 'School', idempotencyKey: 'k' };
      return () => client.send(organizations.CreateOrganization, { input });
    },
    renameOrganization: async () => {
      const { client } = await createOwner(app);
      return () => client.send(organizations.RenameOrganization, { input: { name: 'Renamed' } });
    },
    inviteMember: async () => {
      const { client } = await createOwner(app);
      const input = { email: newcomer().email, role: 'MEMBER' as const, idempotencyKey: 'k' };
      return () => client.send(organizations.Invite, { input });
    },
    withdrawInvitation: async () => {
      const owner = await createOwner(app);
      const { inviteMember } = await invite(owner, newcomer().email);
      return () => owner.client.send(organizations.Withdraw, { input: { invitationId: inviteMember.id } });
    },
    acceptInvitation: async () => {
      const [owner, person] = [await createOwner(app), await createPerson(app)];
      const { inviteMember } = await invite(owner, person.email);
      const token = tokens.derive('invitation', inviteMember.id);
      return () => person.client.send(organizations.Accept, { input: { token } });
    },
    changeMemberRole: async () => {
      const { owner, member } = await withMember();
      return () =>
        owner.client.send(organizations.ChangeRole, { input: { userId: member.id, role: 'ADMIN' } });
    },
    removeMember: async () => {
      const { owner, member } = await withMember();
      return () => owner.client.send(organizations.Remove, { input: { userId: member.id } });
    },
    leaveOrganization: async () => {
      const { member } = await withMember();
      return () => member.client.send(organizations.Leave, {});
    },
    createEnvironment: async () => {
      const { client } = await createOwner(app);
      const input = { name: 'Lava', idempotencyKey: 'k' };
      return () => client.send(environments.CreateEnvironment, { input });
    },
    updateEnvironment: async () => {
      const { owner, id } = await withEnvironment();
      const input = { id, expectedRevision: 1, name: 'Other', idempotencyKey: 'k' };
      return () => owner.client.send(environments.UpdateEnvironment, { input });
    },
    publishEnvironment: async () => {
      const { owner, id } = await withEnvironment();
      return () => owner.client.send(environments.PublishEnvironment, { input: { id } });
    },
    archiveEnvironment: async () => {
      const { owner, id } = await withEnvironment();
      return () => owner.client.send(environments.ArchiveEnvironment, { input: { id } });
    },
    unarchiveEnvironment: async () => {
      const { owner, id } = await withEnvironment();
      await owner.client.run(environments.ArchiveEnvironment, { input: { id } });
      return () => owner.client.send(environments.UnarchiveEnvironment, { input: { id } });
    },
    deleteEnvironment: async () => {
      const { owner, id } = await withEnvironment();
      return () => owner.client.send(environments.DeleteEnvironment, { input: { id } });
    },
    restoreEnvironment: async () => {
      const { owner, id } = await withEnvironment();
      await owner.client.run(environments.DeleteEnvironment, { input: { id } });
      return () => owner.client.send(environments.RestoreEnvironment, { input: { id } });
    },
  };

  it.each(Object.keys(commands))('%s leaves no event and no other row', async (name) => {
    const run = await (commands[name] as () => Promise<Command>)();
    const before = await everything();
    await refuseCommits(true);
    try {
      const { errors } = await run();
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INTERNAL_ERROR']);
    } finally {
      await refuseCommits(false);
    }
    expect(await everything()).toEqual(before);

    // The same command writes events once it may: what failed was the commit and nothing before it.
    const events = await eventCount();
    await run();
    expect(await eventCount()).toBeGreaterThan(events);
  });

  it('is any mutation of the schema', () => {
    const schema = buildSchema(readFileSync(new URL('../../schema.graphql', import.meta.url), 'utf8'));
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const covered = Object.keys(commands).map((name) => name.split(' ')[0]);
    expect([...new Set([...covered, ...withoutEvents])].sort()).toEqual(mutations.sort());
  });
});
