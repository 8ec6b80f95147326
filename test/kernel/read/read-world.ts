import { v7 } from 'uuid';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';

export interface ReadOrg {
  orgId: string;
  userId: string;
  /** In the order of their creation. */
  environmentIds: string[];
}

export interface ReadWorld {
  database: TestDatabase;
  orgs: [ReadOrg, ReadOrg];
}

async function addOrg(database: TestDatabase, environments: number): Promise<ReadOrg> {
  const org = { orgId: v7(), userId: v7(), environmentIds: Array.from({ length: environments }, () => v7()) };
  const { orgId, userId, environmentIds } = org;
  await database.query(
    'owner',
    `insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at,
       created_at, updated_at) values ($1::uuid, $1::text, $1::text, $1::text, $1::text, $1::text, '', now(), now(), now())`,
    [userId],
  );
  await database.query('owner', `insert into organization values ($1::uuid, $1::text, now(), now())`, [
    orgId,
  ]);
  await database.query(
    'owner',
    `insert into membership (org_id, id, user_id, role, version, created_at, updated_at)
     values ($1, $2, $3, 'owner', 1, now(), now())`,
    [orgId, v7(), userId],
  );
  await database.query(
    'owner',
    `insert into environment (org_id, id, owner_id, name, description, status, created_at, updated_at)
     select $1::uuid, id, $2, $1::text, '', 'draft', now(), now() from unnest($3::uuid[]) id`,
    [orgId, userId, environmentIds],
  );
  return org;
}

/** A database with two organizations, of one person each, and nothing else. */
export async function createReadWorld(): Promise<ReadWorld> {
  const database = await createTestDatabase();
  return { database, orgs: [await addOrg(database, 7), await addOrg(database, 9)] };
}
