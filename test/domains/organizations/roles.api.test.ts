import { v7 } from 'uuid';
import { roles, type Role } from '../../../src/kernel/actor.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { createMember, createOwner, type Member } from '../../support/factories/organization.js';
import { createAccount } from '../../support/factories/person.js';
import type { Role as RoleName } from '../../support/generated/graphql.js';
import {
  ChangeRole,
  Invitations,
  Invite,
  Leave,
  Members,
  Remove,
  RenameOrganization,
  Withdraw,
} from './documents.js';

/** Who may act on whom, written out: not what the policy computes but what it has to. */
const manageable: Record<Role, Role[]> = {
  owner: ['owner', 'admin', 'member', 'viewer'],
  admin: ['admin', 'member', 'viewer'],
  member: [],
  viewer: [],
};
const mayRemove: Role[] = ['owner', 'admin'];
const ok = 'done';

describe('roles', () => {
  let app: TestApp;
  let owner: Member;
  const actors = {} as Record<Role, Member>;
  beforeAll(async () => {
    app = await startTestApp();
    owner = await createOwner(app);
    for (const role of roles) actors[role] = await createMember(app, owner.orgId, role);
  });
  afterAll(() => app.stop());

  /** One person for each role given, to act on; they never sign in. */
  async function place<R extends { current: Role }>(given: R[]): Promise<(R & { userId: string })[]> {
    const placed = given.map((each) => ({ ...each, userId: v7() }));
    const params = [owner.orgId, placed.map(({ userId }) => userId), placed.map(({ current }) => current)];
    await app.database.query(
      'owner',
      `with person as (select * from unnest($2::uuid[], $3::text[]) as p(id, role)),
       made as (
         insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at, created_at, updated_at)
         select id, id::text, id::text, id::text, id::text, 'Placed', '', now(), now(), now() from person
       )
       insert into membership (org_id, id, user_id, role, version, created_at, updated_at)
       select $1, id, id, role, 1, now(), now() from person`,
      params,
    );
    return placed;
  }

  async function rolesOf(people: { userId: string }[]): Promise<(Role | null)[]> {
    const sql = 'select user_id, role from membership where org_id = $1';
    const rows = await app.database.query<{ user_id: string; role: Role }>('owner', sql, [owner.orgId]);
    const found = new Map(rows.map((row) => [row.user_id, row.role]));
    return people.map(({ userId }) => found.get(userId) ?? null);
  }

  const nameOf = (role: Role) => role.toUpperCase() as RoleName;
  const codeOf = (answer: { errors: { extensions: { code: string } }[] }) =>
    answer.errors[0]?.extensions.code ?? ok;

  describe.each(roles)('as %s', (actor) => {
    const mayManage = (role: Role) => manageable[actor].includes(role);

    it('changing a role is allowed exactly when the old and the new one may be managed', async () => {
      const pairs = roles.flatMap((current) => roles.map((next) => ({ current, next })));
      const people = await place(pairs);
      const expected = people.map((pair) => ({
        ...pair,
        allowed: mayManage(pair.current) && mayManage(pair.next),
      }));
      for (const { userId, current, next, allowed } of expected) {
        const answer = await actors[actor].client.send(ChangeRole, { input: { userId, role: nameOf(next) } });
        expect([current, next, codeOf(answer)]).toEqual([current, next, allowed ? ok : 'FORBIDDEN']);
      }
      expect(await rolesOf(people)).toEqual(
        expected.map(({ allowed, next, current }) => (allowed ? next : current)),
      );
    });

    it('removing somebody is allowed exactly when their role may be managed', async () => {
      const people = await place(roles.map((current) => ({ current })));
      for (const { userId, current } of people) {
        const answer = await actors[actor].client.send(Remove, { input: { userId } });
        expect([current, codeOf(answer)]).toEqual([current, mayManage(current) ? ok : 'FORBIDDEN']);
      }
      expect(await rolesOf(people)).toEqual(
        people.map(({ current }) => (mayManage(current) ? null : current)),
      );
    });

    it('inviting somebody is allowed exactly when the role offered may be managed', async () => {
      for (const role of roles) {
        const email = `${actor}-invites-${role}@example.com`;
        const answer = await actors[actor].client.send(Invite, { input: { email, role: nameOf(role) } });
        expect([role, codeOf(answer)]).toEqual([role, mayManage(role) ? ok : 'FORBIDDEN']);
      }
      const sql = `select role from invitation where email_key like $1 order by created_at`;
      const made = await app.database.query('owner', sql, [`${actor}-invites-%`]);
      expect(made).toEqual(roles.filter(mayManage).map((role) => ({ role })));
    });

    it('renaming, and seeing and withdrawing invitations, is for owners and admins', async () => {
      const email = `withdrawn-by-${actor}@example.com`;
      const { inviteMember } = await owner.client.run(Invite, { input: { email, role: 'VIEWER' } });
      const { client } = actors[actor];
      const answers = [
        await client.send(RenameOrganization, { input: { name: `Renamed by ${actor}` } }),
        await client.send(Invitations, {}),
        await client.send(Withdraw, { input: { invitationId: inviteMember.id } }),
      ];
      const expected = mayManage('viewer') ? ok : 'FORBIDDEN';
      expect(answers.map(codeOf)).toEqual([expected, expected, expected]);
    });

    it('the members can be seen', async () => {
      const { members } = await actors[actor].client.run(Members, { first: 100 });
      expect(members.edges.map(({ node }) => node.user.id)).toContain(owner.id);
    });

    it('one may leave, and ask for it again until the token ends', async () => {
      const leaver = await createMember(app, owner.orgId, actor);
      const answers = await Promise.all([1, 2, 3].map(() => leaver.client.send(Leave, {})));
      expect(answers.map(codeOf)).toContain(ok);
      expect([ok, 'ACCOUNTS_ACCESS_TOKEN_REFUSED']).toEqual(expect.arrayContaining(answers.map(codeOf)));
      expect(await rolesOf([{ userId: leaver.id }])).toEqual([null]);
      expect(await eventsAbout(leaver.id)).toBe(1);
    });
  });

  it('of somebody who does not belong to it cannot be changed; removing them changes nothing', async () => {
    const { id: userId } = await createAccount(app);
    expect(await owner.client.code(ChangeRole, { input: { userId, role: 'ADMIN' } })).toBe('NOT_FOUND');
    for (const role of roles) {
      const answer = await actors[role].client.send(Remove, { input: { userId } });
      expect([role, codeOf(answer)]).toEqual([role, mayRemove.includes(role) ? ok : 'FORBIDDEN']);
    }
    expect(await eventsAbout(userId)).toBe(0);
  });

  it('end once with the membership, however often it is removed', async () => {
    const [{ userId } = { userId: '' }] = await place([{ current: 'viewer' }]);
    const remove = () => owner.client.run(Remove, { input: { userId } });
    expect(await Promise.all([remove(), remove(), remove()])).toEqual(Array(3).fill({ removeMember: true }));
    expect(await remove()).toEqual({ removeMember: true });
    expect(await eventsAbout(userId)).toBe(1);
  });

  it('given again leave no trace', async () => {
    const [{ userId } = { userId: '' }] = await place([{ current: 'viewer' }]);
    const change = () => owner.client.run(ChangeRole, { input: { userId, role: 'MEMBER' } });
    expect(await change()).toEqual(await change());
    expect(await eventsAbout(userId)).toBe(1);
  });

  async function eventsAbout(userId: string): Promise<number> {
    const sql = 'select 1 from event where subject_id = $1 and org_id = $2';
    return (await app.database.query('owner', sql, [userId, owner.orgId])).length;
  }
});
