import { v7 } from 'uuid';
import { openInfrastructure, type Infrastructure } from '../../../src/app/infrastructure.js';
import { environmentStatuses } from '../../../src/domains/environments/environment.entity.js';
import {
  findVisibleEnvironment,
  listEnvironments,
} from '../../../src/domains/environments/environment.queries.js';
import { environmentReads } from '../../../src/domains/environments/environment.read.js';
import { canSeeEnvironment } from '../../../src/domains/environments/environments.policy.js';
import { roles, type MemberActor, type Role } from '../../../src/kernel/actor.js';
import { systemClock } from '../../../src/kernel/clock.js';
import { uuidV7Ids } from '../../../src/kernel/ids.js';
import { captureLog } from '../../support/captured-log.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

const [orgId, self, other] = [v7(), v7(), v7()];

/** An environment of every kind that the rules tell apart. */
const environments = [self, other].flatMap((ownerId) =>
  environmentStatuses.flatMap((status) =>
    [false, true].map((deleted) => ({ id: v7(), ownerId, status, deleted })),
  ),
);

function actorAs(role: Role): MemberActor {
  const membership = { orgId, role, version: 1 };
  return { kind: 'user', userId: self, sessionId: v7(), platformAdmin: false, membership };
}

describe('what of an organization’s environments the policy shows', () => {
  let database: TestDatabase;
  let infrastructure: Infrastructure;
  beforeAll(async () => {
    database = await createTestDatabase();
    const log = captureLog('silent').log;
    const settings = { poolSize: 1, busKind: 'in-process', log, clock: systemClock, ids: uuidV7Ids } as const;
    infrastructure = await openInfrastructure({ databaseUrl: database.url('app'), ...settings });
    await database.query(
      'owner',
      `with person as (
         insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at, created_at, updated_at)
         select id, id::text, id::text, id::text, id::text, '', '', now(), now(), now() from unnest($2::uuid[]) as id
       ), school as (
         insert into organization (id, name, created_at, updated_at) values ($1, '', now(), now())
       )
       insert into environment (org_id, id, owner_id, name, description, status, created_at, updated_at, deleted_at)
       select $1, e.id, e."ownerId", '', '', e.status, now(), now(), case when e.deleted then now() end
       from jsonb_to_recordset($3) as e(id uuid, "ownerId" uuid, status text, deleted boolean)`,
      [orgId, [self, other], JSON.stringify(environments)],
    );
  });
  afterAll(async () => {
    await infrastructure.close();
    await database.drop();
  });

  /** The rows that the fast lane's conditions for a field let through, or null when it declines. */
  async function laneRows(actor: MemberActor, field: string, args: Record<string, unknown>) {
    const values: (string | null)[] = [];
    const bind = (value: string | null) => `$${values.push(value)}`;
    const root = environmentReads.find((each) => each.field === field);
    const conditions = root?.conditions({ actor, args, bind, now: new Date() });
    if (!conditions) return null;
    const sql = `select id from environment t where ${conditions.join(' and ')}`;
    return (await database.query<{ id: string }>('owner', sql, values)).map(({ id }) => id).sort();
  }

  const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).sort();

  it.each(roles)('is for a %s the same in lists, for one and in the fast lane', async (role) => {
    const actor = actorAs(role);
    const visible = environments.filter((each) => canSeeEnvironment(actor, each));
    const newContext = () => infrastructure.createContext({ actor, requestId: 'test' });
    for (const deleted of [false, true]) {
      for (const mine of [false, true]) {
        const filter = { deleted, mine };
        const expected = visible.filter(
          (each) => each.deleted === deleted && (!mine || each.ownerId === self),
        );
        const { edges } = await listEnvironments(newContext(), filter, { first: 100 });
        expect([filter, idsOf(edges.map(({ node }) => node))]).toEqual([filter, idsOf(expected)]);
        const read = await laneRows(actor, 'environments', { filter });
        expect([filter, read]).toEqual([filter, deleted ? null : idsOf(expected)]);
      }
    }
    for (const each of environments) {
      const seen = visible.includes(each);
      expect((await findVisibleEnvironment(newContext(), each.id))?.id).toBe(seen ? each.id : undefined);
      const read = await laneRows(actor, 'environment', { id: each.id });
      expect([each, read]).toEqual([each, seen && !each.deleted ? [each.id] : []]);
    }
  });

  it('is all of it for those who manage, and what is deleted only for who may restore it', () => {
    const named = (role: Role) =>
      environments
        .filter((each) => canSeeEnvironment(actorAs(role), each))
        .map(({ ownerId, status, deleted }) => [
          ownerId === self ? 'own' : 'other',
          status,
          ...(deleted ? ['deleted'] : []),
        ])
        .map((words) => words.join(' '));
    const own = ['own draft', 'own published', 'own archived'];
    expect(named('owner')).toHaveLength(environments.length);
    expect(named('admin')).toHaveLength(environments.length);
    expect(named('viewer')).toEqual([...own, 'other published']);
    expect(named('member').sort()).toEqual(
      [...own, ...own.map((each) => `${each} deleted`), 'other published'].sort(),
    );
  });
});
