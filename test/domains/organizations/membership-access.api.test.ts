import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { createMember, createOwner, enter, type Member } from '../../support/factories/organization.js';
import { openSocket, type TestSocket } from '../../support/socket.js';
import { createTestClock } from '../../support/test-clock.js';
import { promptlyMs } from '../../support/promptly.js';
import { waitFor } from '../../support/wait-for.js';
import { FollowFeed, Me, Refresh } from '../accounts/documents.js';
import { tokenOfLinks } from '../accounts/newcomer.js';
import {
  Accept,
  ActiveOrganization,
  ChangeRole,
  Invite,
  Leave,
  Remove,
  RenameOrganization,
} from './documents.js';

const withinMs = promptlyMs;
const refused = 'ACCOUNTS_ACCESS_TOKEN_REFUSED';

const aheadBy4s = createTestClock();
aheadBy4s.advanceMs(4000);

describe('access to an organization', () => {
  let first: TestApp;
  let second: TestApp;
  const sockets: TestSocket[] = [];
  beforeAll(async () => {
    // The clocks of nodes differ: what ends access must not depend on them.
    first = await startTestApp({ clock: aheadBy4s });
    second = await startTestApp({ database: first.database, mail: first.mail, mode: 'api' });
  });
  afterAll(async () => {
    await second.stop();
    await first.stop();
  });
  afterEach(async () => {
    for (const socket of sockets.splice(0)) await socket.dispose();
  });

  async function openOnBoth(accessToken: string): Promise<TestSocket[]> {
    const opened = [first, second].map(({ url }) => openSocket(url, accessToken));
    sockets.push(...opened);
    for (const socket of opened) {
      let connected = false;
      socket.client.on('connected', () => (connected = true));
      socket.follow(FollowFeed, {});
      await waitFor(() => connected, { what: 'a connected socket' });
    }
    return opened;
  }

  const codeAt = async (url: string, accessToken: string) =>
    (await createClient(url, accessToken).send(ActiveOrganization, {})).errors[0]?.extensions.code;

  async function expectEnded(accessToken: string, opened: TestSocket[]): Promise<void> {
    const refusals = [first, second].map(({ url }) =>
      waitFor(async () => (await codeAt(url, accessToken)) === refused, {
        timeoutMs: withinMs,
        what: 'a refusal',
      }),
    );
    const closings = opened.map((socket) => waitFor(() => socket.closed.length > 0, { timeoutMs: withinMs }));
    await Promise.all([...refusals, ...closings]);
  }

  it.each<[string, (owner: Member, member: Member) => Promise<unknown>]>([
    ['removed', (owner, member) => owner.client.run(Remove, { input: { userId: member.id } })],
    ['who left', (_owner, member) => member.client.run(Leave, {})],
  ])('of somebody %s ends on every node and open socket within a second', async (_how, end) => {
    const owner = await createOwner(first);
    const member = await createMember(first, owner.orgId, 'admin');
    const opened = await openOnBoth(member.accessToken);
    const [kept] = await openOnBoth(owner.accessToken);
    await end(owner, member);
    await expectEnded(member.accessToken, opened);
    expect(kept?.closed).toEqual([]);
    // The session goes on, without the organization.
    const { refreshTokens } = await createClient(second.url).run(Refresh, {
      input: { refreshToken: member.refreshToken },
    });
    expect(await codeAt(second.url, refreshTokens.accessToken)).toBe('ORGANIZATION_REQUIRED');
    expect((await createClient(second.url, refreshTokens.accessToken).run(Me, {})).me?.id).toBe(member.id);
  });

  it('with the old role ends when the role changes; a refresh gives the new one', async () => {
    const owner = await createOwner(first);
    const member = await createMember(first, owner.orgId, 'admin');
    const opened = await openOnBoth(member.accessToken);
    await owner.client.run(ChangeRole, { input: { userId: member.id, role: 'VIEWER' } });
    await expectEnded(member.accessToken, opened);
    const { refreshTokens } = await createClient(first.url).run(Refresh, {
      input: { refreshToken: member.refreshToken },
    });
    const viewer = createClient(second.url, refreshTokens.accessToken);
    expect((await viewer.run(ActiveOrganization, {})).organization.id).toBe(owner.orgId);
    expect(await viewer.code(RenameOrganization, { input: { name: 'Not any more' } })).toBe('FORBIDDEN');
  });

  it('to other organizations is not touched', async () => {
    const [here, there] = [await createOwner(first, 'Here'), await createOwner(first, 'There')];
    await here.client.run(Invite, { input: { email: there.email, role: 'MEMBER' } });
    const mail = await first.mail.waitFor({ to: there.email });
    await there.client.run(Accept, { input: { token: tokenOfLinks(mail.links, 'accept-invitation') } });
    const both = await enter(first, there, here.orgId, 'member');
    await here.client.run(Remove, { input: { userId: there.id } });
    await expectEnded(both.accessToken, []);
    expect(await codeAt(second.url, there.accessToken)).toBeUndefined();
  });

  it('comes back with a new invitation and a new token; the old one stays worthless', async () => {
    const owner = await createOwner(first);
    const member = await createMember(first, owner.orgId, 'member');
    await owner.client.run(Remove, { input: { userId: member.id } });
    await expectEnded(member.accessToken, []);
    await owner.client.run(Invite, { input: { email: member.email, role: 'VIEWER' } });
    const mail = await first.mail.waitFor({ to: member.email });
    const { refreshTokens } = await createClient(first.url).run(Refresh, {
      input: { refreshToken: member.refreshToken },
    });
    const person = { ...member, client: createClient(second.url, refreshTokens.accessToken) };
    await person.client.run(Accept, { input: { token: tokenOfLinks(mail.links, 'accept-invitation') } });
    const again = await enter(second, person, owner.orgId, 'viewer');
    for (const { url } of [first, second]) {
      expect(await codeAt(url, again.accessToken)).toBeUndefined();
      expect(await codeAt(url, member.accessToken)).toBe(refused);
    }
  });
});
