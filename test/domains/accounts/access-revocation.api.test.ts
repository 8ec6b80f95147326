import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { createMember, createOwner } from '../../support/factories/organization.js';
import { createPerson, signIn } from '../../support/factories/person.js';
import { openSocket, type TestSocket } from '../../support/socket.js';
import { promptlyMs } from '../../support/promptly.js';
import { waitFor } from '../../support/wait-for.js';
import { Remove as RemoveMember } from '../organizations/documents.js';
import { EndOthers, EndSession, FollowFeed, Me, Refresh, SignOut } from './documents.js';

/** What A6 promises for every node and for sockets that are already open. */
const withinMs = promptlyMs;

/** Two nodes on one database, each of which hears of the other's changes through PostgreSQL alone. */
describe('access that has ended', () => {
  let first: TestApp;
  let second: TestApp;
  const sockets: TestSocket[] = [];
  beforeAll(async () => {
    first = await startTestApp();
    second = await startTestApp({ database: first.database, mail: first.mail, mode: 'api' });
  });
  afterAll(async () => {
    await second.stop();
    await first.stop();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) await socket.dispose();
  });

  const nodes = () => [first, second];

  /** Open sockets of an access token on both nodes, each with a subscription under way. */
  async function openOnBoth(accessToken: string): Promise<TestSocket[]> {
    const opened = nodes().map(({ url }) => openSocket(url, accessToken));
    sockets.push(...opened);
    for (const socket of opened) {
      let connected = false;
      socket.client.on('connected', () => (connected = true));
      socket.follow(FollowFeed, {});
      await waitFor(() => connected, { what: 'a connected socket' });
    }
    return opened;
  }

  function isRefused(url: string, accessToken: string): Promise<boolean> {
    return createClient(url, accessToken)
      .send(Me, {})
      .then(
        ({ status, errors }) =>
          status === 401 && errors[0]?.extensions.code === 'ACCOUNTS_ACCESS_TOKEN_REFUSED',
      );
  }

  async function expectEnded(accessToken: string, opened: TestSocket[]): Promise<void> {
    const told = nodes().map(({ url }) =>
      waitFor(() => isRefused(url, accessToken), { timeoutMs: withinMs, what: `a refusal at ${url}` }),
    );
    const closed = opened.map((socket) =>
      waitFor(() => socket.closed[0], { timeoutMs: withinMs, what: 'a closed socket' }),
    );
    await Promise.all(told);
    // 4403 lets stock graphql-ws clients come back with another token.
    expect(await Promise.all(closed)).toMatchObject([{ code: 4403 }, { code: 4403 }]);
  }

  it('by signing out is refused on every node and closes its sockets on every node', async () => {
    const person = await createPerson(first);
    const opened = await openOnBoth(person.accessToken);
    await person.client.run(SignOut, {});
    await expectEnded(person.accessToken, opened);
  });

  it('by signing out at the other node, the one without a worker, is too', async () => {
    const person = await createPerson(first);
    const opened = await openOnBoth(person.accessToken);
    await createClient(second.url, person.accessToken).run(SignOut, {});
    await expectEnded(person.accessToken, opened);
  });

  it('by ending it from another session is too, and that session goes on', async () => {
    const person = await createPerson(first);
    const other = await signIn(first, person);
    const opened = await openOnBoth(other.accessToken);
    const [kept] = await openOnBoth(person.accessToken);
    await person.client.run(EndSession, { input: { sessionId: other.session.id } });
    await expectEnded(other.accessToken, opened);
    expect(kept?.closed).toEqual([]);
    expect(await isRefused(second.url, person.accessToken)).toBe(false);
  });

  it('by ending all others is too', async () => {
    const person = await createPerson(first);
    const others = [await signIn(first, person), await signIn(first, person)];
    const opened = await Promise.all(others.map(({ accessToken }) => openOnBoth(accessToken)));
    await person.client.run(EndOthers, {});
    await Promise.all(others.map(({ accessToken }, index) => expectEnded(accessToken, opened[index] ?? [])));
    expect(await isRefused(second.url, person.accessToken)).toBe(false);
  });

  it('is known to a node that starts afterwards, and to one that starts again', async () => {
    const [ended, kept] = [await createPerson(first), await createPerson(first)];
    const owner = await createOwner(first);
    const member = await createMember(first, owner.orgId, 'member');
    await ended.client.run(SignOut, {});
    await owner.client.run(RemoveMember, { input: { userId: member.id } });
    await waitFor(() => isRefused(first.url, member.accessToken), { timeoutMs: withinMs });
    const fresh = await startTestApp({ database: first.database, mail: first.mail, mode: 'api' });
    try {
      expect(await isRefused(fresh.url, ended.accessToken)).toBe(true);
      expect(await isRefused(fresh.url, member.accessToken)).toBe(true);
      expect(await isRefused(fresh.url, kept.accessToken)).toBe(false);
      // A restart ends no session.
      const { refreshTokens } = await createClient(fresh.url).run(Refresh, {
        input: { refreshToken: kept.refreshToken },
      });
      expect(refreshTokens.session.id).toBe(kept.sessionId);
    } finally {
      await fresh.stop();
    }
  });

  it('opens no socket any more', async () => {
    const person = await createPerson(first);
    await person.client.run(SignOut, {});
    await waitFor(() => isRefused(second.url, person.accessToken), { timeoutMs: withinMs });
    const socket = openSocket(second.url, person.accessToken);
    sockets.push(socket);
    await socket.follow(FollowFeed, {}).ended;
    expect(socket.closed).toMatchObject([{ code: 4403 }]);
  });
});
