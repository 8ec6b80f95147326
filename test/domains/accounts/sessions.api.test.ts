import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient, type GraphqlClient } from '../../support/client.js';
import { tablesHolding } from '../../support/everything-stored.js';
import { createAccount, createPerson, signIn } from '../../support/factories/person.js';
import { createTestClock } from '../../support/test-clock.js';
import { EndOthers, EndSession, Me, Refresh, Sessions, SignOut } from './documents.js';

const dayMs = 86_400_000;
const refused = 'ACCOUNTS_REFRESH_TOKEN_REFUSED';

describe('a session', () => {
  const clock = createTestClock();
  let app: TestApp;
  let client: GraphqlClient;
  beforeAll(async () => {
    app = await startTestApp({ clock });
    client = createClient(app.url);
  });
  afterAll(() => app.stop());

  const refresh = async (refreshToken: string) =>
    (await client.run(Refresh, { input: { refreshToken } })).refreshTokens;
  const refreshCode = (refreshToken: string) => client.code(Refresh, { input: { refreshToken } });

  describe('is kept by refresh tokens', () => {
    it('that are exchanged for new ones, each in its turn', async () => {
      const person = await createPerson(app);
      const seen = [person.refreshToken];
      for (let i = 0; i < 4; i += 1) {
        const next = await refresh(seen.at(-1) ?? '');
        expect(next.session.id).toBe(person.sessionId);
        expect((await createClient(app.url, next.accessToken).run(Me, {})).me?.id).toBe(person.id);
        seen.push(next.refreshToken);
      }
      expect(new Set(seen).size).toBe(5);
    });

    it('that stand nowhere in the database', async () => {
      const person = await createPerson(app);
      const { refreshToken } = await refresh(person.refreshToken);
      for (const token of [person.refreshToken, refreshToken]) {
        expect(await tablesHolding(app.database, token.replace(/^tbxr_/, ''))).toEqual({});
      }
    });

    it('that give the same successor again within the grace period', async () => {
      const person = await createPerson(app);
      const first = await refresh(person.refreshToken);
      clock.advanceMs(9_500);
      const again = await refresh(person.refreshToken);
      expect(again.refreshToken).toBe(first.refreshToken);
      expect(again.refreshTokenExpiresAt).toBe(first.refreshTokenExpiresAt);
      const tokens = await app.database.query('owner', 'select 1 from refresh_token where session_id = $1', [
        person.sessionId,
      ]);
      expect(tokens).toHaveLength(2);
    });

    it('of which a spent one after the grace period ends the session, for whoever holds its successor too', async () => {
      const person = await createPerson(app);
      const { refreshToken: successor } = await refresh(person.refreshToken);
      clock.advanceMs(10_001);
      expect(await refreshCode(person.refreshToken)).toBe(refused);
      expect(await refreshCode(successor)).toBe(refused);
      const [row] = await app.database.query<{ end_reason: string }>(
        'owner',
        'select end_reason from session where id = $1',
        [person.sessionId],
      );
      expect(row?.end_reason).toBe('refresh-token-reused');
    });

    it('of which an ancestor, however far back, ends only its own session', async () => {
      const person = await createPerson(app);
      const other = await signIn(app, person);
      let latest = person.refreshToken;
      for (let i = 0; i < 3; i += 1) latest = (await refresh(latest)).refreshToken;
      clock.advanceMs(11_000);
      expect(await refreshCode(person.refreshToken)).toBe(refused);
      expect(await refreshCode(latest)).toBe(refused);
      expect((await refresh(other.refreshToken)).session.id).toBe(other.session.id);
    });

    it('for seven days from the last exchange', async () => {
      const person = await createPerson(app);
      clock.advanceMs(7 * dayMs - 60_000);
      const { refreshToken } = await refresh(person.refreshToken);
      clock.advanceMs(7 * dayMs - 60_000);
      const last = await refresh(refreshToken);
      clock.advanceMs(7 * dayMs + 1);
      expect(await refreshCode(last.refreshToken)).toBe(refused);
    });

    it.each(['', 'x', `tbxr_${'A'.repeat(43)}`, `tbxv_${'A'.repeat(43)}`, `tbxr_${'é'.repeat(43)}`])(
      'but not by %j',
      async (token) => {
        expect(await refreshCode(token)).toBe(refused);
      },
    );

    it('but not by an access token', async () => {
      expect(await refreshCode((await createPerson(app)).accessToken)).toBe(refused);
    });
  });

  it('is listed with the others of its account, newest first, and nobody else sees it', async () => {
    const account = await createAccount(app);
    const ids: string[] = [];
    let accessToken = '';
    for (let i = 0; i < 3; i += 1) {
      const signedIn = await signIn(app, account);
      ids.unshift(signedIn.session.id);
      accessToken = signedIn.accessToken;
      clock.advanceMs(1000);
    }
    const { sessions } = await createClient(app.url, accessToken).run(Sessions, {});
    expect(sessions.map(({ id }) => id)).toEqual(ids);
    expect(sessions[0]).toMatchObject({ userAgent: 'node', endedAt: null });
    const stranger = await createPerson(app);
    expect((await stranger.client.run(Sessions, {})).sessions).toHaveLength(1);
    expect(await client.code(Sessions, {})).toBe('UNAUTHENTICATED');
  });

  it('that has expired is not listed', async () => {
    const account = await createAccount(app);
    await signIn(app, account);
    clock.advanceMs(7 * dayMs + 1);
    const { accessToken, session } = await signIn(app, account);
    const { sessions } = await createClient(app.url, accessToken).run(Sessions, {});
    expect(sessions.map(({ id }) => id)).toEqual([session.id]);
  });

  it('can be ended from another one, and again without effect', async () => {
    const person = await createPerson(app);
    const other = await signIn(app, person);
    const end = () => person.client.run(EndSession, { input: { sessionId: other.session.id } });
    const { endSession } = await end();
    expect(endSession).toMatchObject({ id: other.session.id, endedAt: expect.any(String) as unknown });
    clock.advanceMs(5);
    expect((await end()).endSession.endedAt).toBe(endSession.endedAt);
    expect(await refreshCode(other.refreshToken)).toBe(refused);
    expect(await eventsOf(other.session.id)).toEqual([
      'session.started.v1',
      'access.revoked.v1',
      'session.ended.v1',
    ]);
    expect((await person.client.run(Sessions, {})).sessions.map(({ id }) => id)).toEqual([person.sessionId]);
  });

  it('of somebody else does not exist', async () => {
    const [person, stranger] = [await createPerson(app), await createPerson(app)];
    const input = (sessionId: string) => ({ input: { sessionId } });
    const theirs = await stranger.client.send(EndSession, input(person.sessionId));
    const nobodys = await stranger.client.send(EndSession, input('0198c2f0-0000-7000-8000-000000000000'));
    expect(theirs.errors[0]?.extensions).toEqual({ code: 'NOT_FOUND' });
    expect(nobodys.errors[0]?.extensions).toEqual({ code: 'NOT_FOUND' });
    expect((await refresh(person.refreshToken)).session.id).toBe(person.sessionId);
    expect(await eventsOf(person.sessionId)).toEqual(['session.started.v1']);
  });

  it('can end all the others at once', async () => {
    const person = await createPerson(app);
    const others = [await signIn(app, person), await signIn(app, person), await signIn(app, person)];
    const { endOtherSessions } = await person.client.run(EndOthers, {});
    expect(endOtherSessions.endedCount).toBe(3);
    for (const { refreshToken } of others) expect(await refreshCode(refreshToken)).toBe(refused);
    expect((await refresh(person.refreshToken)).session.id).toBe(person.sessionId);
    expect((await person.client.run(EndOthers, {})).endOtherSessions.endedCount).toBe(0);
  });

  it('ends when its owner signs out; repeating that, also at once, ends nothing twice', async () => {
    const person = await createPerson(app);
    await Promise.all([1, 2, 3].map(() => person.client.send(SignOut, {})));
    expect(await refreshCode(person.refreshToken)).toBe(refused);
    expect(await eventsOf(person.sessionId)).toEqual([
      'session.started.v1',
      'access.revoked.v1',
      'session.ended.v1',
    ]);
  });

  async function eventsOf(sessionId: string): Promise<string[]> {
    const rows = await app.database.query<{ type: string }>(
      'owner',
      'select type from event where subject_id = $1 order by seq',
      [sessionId],
    );
    return rows.map(({ type }) => type);
  }
});
