import { v7 } from 'uuid';
import type { TestApp } from '../../support/app.js';
import { createMember, createOwner, type Member } from '../../support/factories/organization.js';
import { createPerson, signIn } from '../../support/factories/person.js';
import { encodeKeysetCursor } from '../../../src/kernel/pagination.js';

const baseMs = Date.UTC(2026, 5, 1);
const statuses = ['draft', 'published', 'archived'] as const;

/** Texts that a careless writer of JSON gets wrong. */
const texts = [
  'plain',
  '"quoted" and \\back\\slashed\\',
  'tab\tnewline\nreturn\rbell\u0007escape\u001bdelete\u007f',
  'line\u2028paragraph\u2029end',
  'emoji 👩‍🚀🇺🇳 and 𝔐𝔞𝔱𝔥',
  'עברית ‏مرحبا‎ mixed',
  'e\u0301 and é, ﬁ, ﷽',
  '\\u0041 \\n {"a":1} </script>',
  'null',
  '\ufeffbom \ufffd \uffff',
];

export interface Scene {
  /** `authorization` headers by who sends them; undefined sends none. */
  readers: Record<string, string | undefined>;
  /** Those of them who work in the organization that has the rows. */
  insiders: string[];
  /** Of environments that some of the insiders may see. */
  ids: string[];
  /** Of another organization's environments, of other things, and of nothing. */
  strangeIds: string[];
  /** Made by some list. */
  cursors: string[];
  /** Made by none. */
  hostileCursors: string[];
}

interface Created {
  id: string;
  created_at: string;
}

/** Several rows share each millisecond, so that the id has to decide. */
function createdAtOf(index: number): string {
  return new Date(baseMs + Math.floor(index / 3)).toISOString();
}

async function insert(app: TestApp, table: string, records: object[]): Promise<void> {
  await app.database.query(
    'owner',
    `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(records)],
  );
}

async function addEnvironments(app: TestApp, owners: Member[], count: number): Promise<Created[]> {
  const records = Array.from({ length: count }, (_, index) => ({
    org_id: owners[0]?.orgId,
    id: v7(),
    owner_id: owners[index % owners.length]?.id,
    name: texts[index % texts.length],
    description: index % 4 === 0 ? '' : (texts[(index * 7) % texts.length] ?? '').repeat(1 + (index % 3)),
    status: statuses[index % statuses.length],
    revision: 1 + index * 16_000_001,
    created_at: createdAtOf(index),
    updated_at: createdAtOf(index * 5),
    deleted_at: index % 8 === 7 ? createdAtOf(index * 9) : null,
  }));
  await insert(app, 'environment', records);
  return records;
}

async function addInvitations(app: TestApp, host: Member): Promise<Created[]> {
  const records = Array.from({ length: 12 }, (_, index) => ({
    org_id: host.orgId,
    id: v7(),
    email: `"o\\'${index}"@example.com`,
    email_key: `invited-${index}@example.com`,
    role: (['owner', 'admin', 'member', 'viewer'] as const)[index % 4],
    token_hash: '\\x00',
    key_id: 'test',
    invited_by: host.id,
    created_at: createdAtOf(index),
    expires_at: new Date(Date.now() + (index % 3 === 0 ? -1 : 1) * 3_600_000).toISOString(),
    accepted_at: null,
    withdrawn_at: index % 5 === 4 ? createdAtOf(index) : null,
  }));
  await insert(app, 'invitation', records);
  return records;
}

const hostileCursors = [
  '',
  ' ',
  'x',
  'null',
  '👩‍🚀',
  "'; drop table environment; --",
  Buffer.from('0.').toString('base64url'),
  Buffer.from('zzzzzzzzz.ffffffff-ffff-ffff-ffff-ffffffffffff').toString('base64url'),
  Buffer.from('zzzzzzzzzz.ffffffff-ffff-ffff-ffff-ffffffffffff').toString('base64url'),
  Buffer.from('0.00000000-0000-0000-0000-000000000000').toString('base64url'),
  Buffer.from('-1.00000000-0000-0000-0000-000000000000').toString('base64url'),
  Buffer.from('1.00000000-0000-0000-0000-000000000000.1').toString('base64url'),
];

function cursorsOf(rows: Created[]): string[] {
  return rows.map(({ id, created_at }) => encodeKeysetCursor({ id, createdAt: new Date(created_at) }));
}

/** Two schools, everybody who can ask, and rows with whatever a column can hold. */
export async function createScene(app: TestApp): Promise<Scene> {
  const owner = await createOwner(app, texts[1]);
  const stranger = await createOwner(app, texts[4]);
  const admin = await createMember(app, owner.orgId, 'admin');
  const member = await createMember(app, owner.orgId, 'member');
  const viewer = await createMember(app, owner.orgId, 'viewer');
  const lonely = await createPerson(app);
  const environments = await addEnvironments(app, [owner, member, admin], 130);
  const foreign = await addEnvironments(app, [stranger], 5);
  const invitations = await addInvitations(app, owner);
  for (let count = 0; count < 3; count += 1) await signIn(app, owner);
  await app.database.query('owner', 'update account set name = $2 where id = $1', [member.id, texts[2]]);
  await app.database.query(
    'owner',
    `update session set address = null, user_agent = $2 where account_id = $1
       and id in (select id from session where account_id = $1 order by id limit 2)`,
    [owner.id, texts[5]],
  );
  const memberships = await app.database.query<Created>(
    'owner',
    `select id, to_json(created_at)#>>'{}' as created_at from membership`,
  );
  const cursors = cursorsOf([...environments.slice(0, 30), ...foreign, ...invitations, ...memberships]);
  const sent = ({ accessToken }: { accessToken: string }) => `Bearer ${accessToken}`;
  return {
    readers: {
      owner: sent(owner),
      admin: sent(admin),
      member: sent(member),
      viewer: sent(viewer),
      stranger: sent(stranger),
      lonely: sent(lonely),
      nobody: undefined,
      forger: `${sent(owner)}x`,
    },
    insiders: ['owner', 'admin', 'member', 'viewer'],
    ids: environments.slice(0, 7).flatMap(({ id }) => [id, id.toUpperCase()]),
    strangeIds: [...foreign.map(({ id }) => id), environments[7]?.id ?? '', v7(), owner.orgId, owner.id, 'x'],
    cursors,
    hostileCursors: [...hostileCursors, `${cursors[0]}=`, (cursors[1] ?? '').toUpperCase()],
  };
}
