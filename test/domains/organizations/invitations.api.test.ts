import { startTestApp, type TestApp } from '../../support/app.js';
import { createClient } from '../../support/client.js';
import { queuedText, tablesHolding } from '../../support/everything-stored.js';
import { createMember, createOwner, enter, type Member } from '../../support/factories/organization.js';
import { createAccount, createPerson, signIn } from '../../support/factories/person.js';
import { createTestClock } from '../../support/test-clock.js';
import { tokenOfLinks } from '../accounts/newcomer.js';
import {
  Accept,
  ActiveOrganization,
  Invitations,
  InvitationsByResolver,
  Invite,
  MyMemberships,
  Remove,
  RenameOrganization,
  Withdraw,
} from './documents.js';

const dayMs = 86_400_000;
const invalid = 'ORGANIZATIONS_INVITATION_INVALID';
const alreadyInvited = 'ORGANIZATIONS_ALREADY_INVITED';

describe('an invitation', () => {
  const clock = createTestClock();
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ clock });
  });
  afterAll(() => app.stop());

  const invite = async (
    by: Member,
    email: string,
    role: 'ADMIN' | 'MEMBER' | 'VIEWER' | 'OWNER' = 'MEMBER',
  ) => (await by.client.run(Invite, { input: { email, role } })).inviteMember;

  async function mailedToken(email: string, after?: string): Promise<string> {
    const filter = { to: email, subject: /invited you/, ...(after && { after }) };
    return tokenOfLinks((await app.mail.waitFor(filter)).links, 'accept-invitation');
  }

  it('comes by mail with a link, and whoever has the address joins with the role offered', async () => {
    const owner = await createOwner(app, 'School of Lava');
    const teacher = await createPerson(app);
    const { expiresAt, invitedBy } = await invite(owner, teacher.email.toUpperCase(), 'ADMIN');
    expect(Math.round((Date.parse(expiresAt) - clock.now().getTime()) / dayMs)).toBe(7);
    expect(invitedBy.id).toBe(owner.id);
    const mail = await app.mail.waitFor({ to: teacher.email });
    expect(mail.text).toContain('School of Lava');
    expect(mail.text).toContain('admin');
    const token = tokenOfLinks(mail.links, 'accept-invitation');
    const { acceptInvitation } = await teacher.client.run(Accept, { input: { token } });
    expect(acceptInvitation).toEqual({ id: owner.orgId, name: 'School of Lava' });
    const admin = await enter(app, teacher, owner.orgId, 'admin');
    await admin.client.run(RenameOrganization, { input: { name: 'School of Ash' } });
    expect((await owner.client.run(Invitations, {})).invitations.edges).toEqual([]);
  });

  it('has a token that stands in no table, job or event', async () => {
    const owner = await createOwner(app);
    const email = (await createAccount(app)).email;
    await invite(owner, email);
    const token = await mailedToken(email);
    expect(await tablesHolding(app.database, token.replace(/^tbxi_/, ''))).toEqual({});
    expect(await queuedText(app.database)).not.toContain(email);
  });

  it('changes nothing when its page is opened', async () => {
    const owner = await createOwner(app);
    const person = await createPerson(app);
    await invite(owner, person.email);
    const token = await mailedToken(person.email);
    const response = await fetch(`${app.url}/accept-invitation#token=${token}`);
    expect(response.status).toBe(200);
    expect((await person.client.run(MyMemberships, {})).myMemberships.edges).toEqual([]);
    await person.client.run(Accept, { input: { token } });
  });

  it('is for its address alone, and says so without using it up', async () => {
    const owner = await createOwner(app);
    const [right, wrong] = [await createPerson(app), await createPerson(app)];
    await invite(owner, right.email);
    const token = await mailedToken(right.email);
    expect(await wrong.client.code(Accept, { input: { token } })).toBe(
      'ORGANIZATIONS_INVITATION_FOR_OTHER_ADDRESS',
    );
    expect(await createClient(app.url).code(Accept, { input: { token } })).toBe('UNAUTHENTICATED');
    await right.client.run(Accept, { input: { token } });
  });

  it('adds one member, however often and however many at once it is accepted', async () => {
    const owner = await createOwner(app);
    const person = await createPerson(app);
    await invite(owner, person.email);
    const token = await mailedToken(person.email);
    const accept = () => person.client.run(Accept, { input: { token } });
    const answers = [...(await Promise.all(Array.from({ length: 7 }, accept))), await accept()];
    for (const { acceptInvitation } of answers) expect(acceptInvitation.id).toBe(owner.orgId);
    expect((await person.client.run(MyMemberships, {})).myMemberships.edges).toHaveLength(1);
    const events = await eventsOf(owner.orgId, 'membership.added.v1');
    expect(events).toBe(2);
  });

  it('that was accepted is worth nothing to anybody else, nor to who was removed since', async () => {
    const owner = await createOwner(app);
    const [person, other] = [await createPerson(app), await createPerson(app)];
    await invite(owner, person.email);
    const token = await mailedToken(person.email);
    await person.client.run(Accept, { input: { token } });
    expect(await other.client.code(Accept, { input: { token } })).toBe(invalid);
    const member = await createMember(app, owner.orgId, 'member');
    expect(await member.client.code(Accept, { input: { token } })).toBe(invalid);
    await owner.client.run(Remove, { input: { userId: person.id } });
    expect(await person.client.code(Accept, { input: { token } })).toBe(invalid);
    expect((await person.client.run(MyMemberships, {})).myMemberships.edges).toEqual([]);
  });

  it('that was withdrawn, which may be repeated, is worth nothing', async () => {
    const owner = await createOwner(app);
    const person = await createPerson(app);
    const { id: invitationId } = await invite(owner, person.email);
    const token = await mailedToken(person.email);
    const withdraw = () => owner.client.run(Withdraw, { input: { invitationId } });
    const { withdrawInvitation } = await withdraw();
    expect(withdrawInvitation.withdrawnAt).not.toBeNull();
    expect(await withdraw()).toEqual({ withdrawInvitation });
    expect(await eventsOf(owner.orgId, 'invitation.withdrawn.v1')).toBe(1);
    expect(await person.client.code(Accept, { input: { token } })).toBe(invalid);
    // The way is free for another one.
    await invite(owner, person.email, 'VIEWER');
  });

  it('that was accepted cannot be withdrawn', async () => {
    const owner = await createOwner(app);
    const person = await createPerson(app);
    const { id: invitationId } = await invite(owner, person.email);
    await person.client.run(Accept, { input: { token: await mailedToken(person.email) } });
    expect(await owner.client.code(Withdraw, { input: { invitationId } })).toBe(invalid);
  });

  it('of another organization does not exist', async () => {
    const [owner, other] = [await createOwner(app), await createOwner(app)];
    const { id: invitationId } = await invite(owner, 'somebody@example.com');
    expect(await other.client.code(Withdraw, { input: { invitationId } })).toBe('NOT_FOUND');
    expect((await other.client.run(Invitations, {})).invitations.edges).toEqual([]);
    expect((await owner.client.run(Invitations, {})).invitations.edges).toHaveLength(1);
  });

  it('is refused for who is a member, and for who is invited', async () => {
    const owner = await createOwner(app);
    const member = await createMember(app, owner.orgId, 'viewer');
    const { email } = await createAccount(app);
    const input = (to: string) => ({ input: { email: to, role: 'MEMBER' as const } });
    expect(await owner.client.code(Invite, input(` ${member.email} `.trim().toUpperCase()))).toBe(
      'ORGANIZATIONS_ALREADY_MEMBER',
    );
    expect(await owner.client.code(Invite, input(owner.email))).toBe('ORGANIZATIONS_ALREADY_MEMBER');
    await invite(owner, email);
    expect(await owner.client.code(Invite, input(email.toUpperCase()))).toBe(alreadyInvited);
    // Another organization may invite the same address.
    await invite(await createOwner(app), email);
  });

  it('to one address by many at once is made once and mailed once', async () => {
    const owner = await createOwner(app);
    const admin = await createMember(app, owner.orgId, 'admin');
    const { email } = await createAccount(app);
    const answers = await Promise.all(
      [owner, admin, owner, admin, owner].map((by) =>
        by.client.send(Invite, { input: { email, role: 'VIEWER' } }),
      ),
    );
    const codes = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
    expect(codes).toEqual(Array(4).fill(alreadyInvited));
    await mailedToken(email);
    expect(await eventsOf(owner.orgId, 'invitation.created.v1')).toBe(1);
    expect(app.mail.messages({ to: email })).toHaveLength(1);
  });

  it('with an idempotency key gives the first answer again, and another input conflicts', async () => {
    const owner = await createOwner(app);
    const input = { email: 'again@example.com', role: 'MEMBER' as const, idempotencyKey: 'k' };
    const answers = await Promise.all([1, 2, 3, 4].map(() => owner.client.run(Invite, { input })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const id = answers[0]?.inviteMember.id ?? '';
    expect(answers[0]?.inviteMember).toMatchObject({ email: input.email, role: 'MEMBER' });
    const changed = { ...input, role: 'ADMIN' as const };
    expect(await owner.client.code(Invite, { input: changed })).toBe('IDEMPOTENCY_KEY_REUSED');
    await owner.client.run(Withdraw, { input: { invitationId: id } });
    expect((await owner.client.run(Invite, { input })).inviteMember.id).toBe(id);
    const sql = 'select withdrawn_at is not null as withdrawn from invitation where org_id = $1';
    expect(await app.database.query('owner', sql, [owner.orgId])).toEqual([{ withdrawn: true }]);
  });

  it('is good for seven days, and then the address can be invited again', async () => {
    const owner = await createOwner(app);
    const [early, late] = [await createAccount(app), await createAccount(app)];
    await invite(owner, early.email);
    await invite(owner, late.email);
    const tokens = [await mailedToken(early.email), await mailedToken(late.email)] as const;
    const acceptAs = async (account: typeof early, token: string) => {
      const { accessToken } = await signIn(app, account);
      return createClient(app.url, accessToken).send(Accept, { input: { token } });
    };
    clock.advanceMs(7 * dayMs - 30_000);
    expect((await acceptAs(early, tokens[0])).errors).toEqual([]);
    clock.advanceMs(30_000);
    expect((await acceptAs(late, tokens[1])).errors[0]?.extensions.code).toBe(invalid);
    // Whoever has joined may repeat it also later.
    expect((await acceptAs(early, tokens[0])).errors).toEqual([]);

    const [sent] = app.mail.messages({ to: late.email });
    const again = await enter(app, await signedInAgain(owner), owner.orgId, 'owner');
    expect((await again.client.run(Invitations, {})).invitations.edges).toEqual([]);
    expect((await again.client.run(InvitationsByResolver, {})).invitations.edges).toEqual([]);
    await invite(again, late.email);
    const token = await mailedToken(late.email, sent?.id);
    expect((await acceptAs(late, token)).errors).toEqual([]);
  });

  it.each(['', 'tbxi_', `tbxi_${'A'.repeat(43)}`, `tbxv_${'A'.repeat(43)}`, '%', "' or true --"])(
    'that is none of ours is refused: %j',
    async (token) => {
      const person = await createPerson(app);
      expect(await person.client.code(Accept, { input: { token } })).toBe(invalid);
    },
  );

  it.each([
    '',
    'no address',
    'a@b',
    `${'a'.repeat(250)}@example.com`,
    'a\0@example.com',
    'a@example.com\nBcc: b@c.de',
  ])('is not sent to %j', async (email) => {
    const owner = await createOwner(app);
    const { errors } = await owner.client.send(Invite, { input: { email, role: 'MEMBER' } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'INPUT_INVALID', field: 'input.email' });
  });

  async function signedInAgain(member: Member) {
    const { accessToken } = await signIn(app, member);
    return { ...member, accessToken, client: createClient(app.url, accessToken) };
  }

  async function eventsOf(orgId: string, type: string): Promise<number> {
    const sql = 'select 1 from event where org_id = $1 and type = $2';
    return (await app.database.query('owner', sql, [orgId, type])).length;
  }

  it('lets nobody see the organization before it is accepted', async () => {
    const owner = await createOwner(app);
    const person = await createPerson(app);
    await invite(owner, person.email);
    expect(await person.client.code(ActiveOrganization, {})).toBe('ORGANIZATION_REQUIRED');
  });
});
