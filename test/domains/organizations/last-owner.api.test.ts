import { startTestApp, type TestApp } from '../../support/app.js';
import { createMember, createOwner, type Member } from '../../support/factories/organization.js';
import { ChangeRole, Leave, Remove } from './documents.js';

const lastOwner = 'ORGANIZATIONS_LAST_OWNER';

describe('the last owner', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  const ownersOf = async (orgId: string) => {
    const sql = `select 1 from membership where org_id = $1 and role = 'owner'`;
    return (await app.database.query('owner', sql, [orgId])).length;
  };
  type Act = (self: Member, other: Member) => Promise<{ errors: { extensions: { code: string } }[] }>;
  const leave: Act = (self) => self.client.send(Leave, {});
  const stepDown: Act = (self) =>
    self.client.send(ChangeRole, { input: { userId: self.id, role: 'VIEWER' } });
  const removeSelf: Act = (self) => self.client.send(Remove, { input: { userId: self.id } });
  const removeOther: Act = (self, other) => self.client.send(Remove, { input: { userId: other.id } });
  const demoteOther: Act = (self, other) =>
    self.client.send(ChangeRole, { input: { userId: other.id, role: 'MEMBER' } });

  it.each([
    ['leave', leave],
    ['step down', stepDown],
    ['remove themselves', removeSelf],
  ])('cannot %s, also with members and admins around', async (_what, act) => {
    const owner = await createOwner(app);
    const admin = await createMember(app, owner.orgId, 'admin');
    expect((await act(owner, admin)).errors[0]?.extensions.code).toBe(lastOwner);
    expect(await ownersOf(owner.orgId)).toBe(1);
  });

  it('may leave once somebody else is an owner', async () => {
    const owner = await createOwner(app);
    const admin = await createMember(app, owner.orgId, 'admin');
    await owner.client.run(ChangeRole, { input: { userId: admin.id, role: 'OWNER' } });
    await owner.client.run(Leave, {});
    expect(await ownersOf(owner.orgId)).toBe(1);
  });

  it.each([
    ['leave', leave, leave],
    ['step down', stepDown, stepDown],
    ['remove each other', removeOther, removeOther],
    ['demote each other', demoteOther, demoteOther],
    ['leave and remove', leave, removeOther],
    ['step down and demote', stepDown, demoteOther],
  ])('stays when two owners %s at once', async (_what, firstAct, secondAct) => {
    for (let round = 0; round < 3; round += 1) {
      const first = await createOwner(app);
      const second = await createMember(app, first.orgId, 'owner');
      const answers = await Promise.all([firstAct(first, second), secondAct(second, first)]);
      const codes = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions.code));
      expect(codes).toHaveLength(codes.length === 0 ? 0 : 1);
      // Whoever came second was either the last one, or gone already.
      for (const code of codes)
        expect([lastOwner, 'NOT_FOUND', 'FORBIDDEN', 'ACCOUNTS_ACCESS_TOKEN_REFUSED']).toContain(code);
      expect(await ownersOf(first.orgId)).toBe(1);
    }
  });

  it('stays when four owners leave at once', async () => {
    const owner = await createOwner(app);
    const owners = [owner];
    for (let i = 0; i < 3; i += 1) owners.push(await createMember(app, owner.orgId, 'owner'));
    const answers = await Promise.all(owners.map((each) => leave(each, each)));
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(3);
    expect(await ownersOf(owner.orgId)).toBe(1);
  });
});
