import pg from 'pg';
import { v7 } from 'uuid';
import type { Role } from '../../../src/kernel/actor.js';
import { createClient } from '../client.js';
import { graphql } from '../generated/gql.js';
import { createPerson, type AppAddress, type Person } from './person.js';

const Create = graphql(`
  mutation FactoryCreateOrganization($input: CreateOrganizationInput!) {
    createOrganization(input: $input) {
      id
    }
  }
`);

const Switch = graphql(`
  mutation FactorySwitchOrganization($input: SwitchOrganizationInput!) {
    switchOrganization(input: $input) {
      accessToken
    }
  }
`);

/** A person whose access token is for an organization. */
export interface Member extends Person {
  orgId: string;
  role: Role;
}

/** Gives the person's client and token for the organization. */
export async function enter(app: AppAddress, person: Person, orgId: string, role: Role): Promise<Member> {
  const { switchOrganization } = await person.client.run(Switch, { input: { organizationId: orgId } });
  const { accessToken } = switchOrganization;
  return { ...person, orgId, role, accessToken, client: createClient(app.url, accessToken) };
}

/** A new organization, and its owner working in it. */
export async function createOwner(app: AppAddress, name = 'Test School'): Promise<Member> {
  const person = await createPerson(app);
  const { createOrganization } = await person.client.run(Create, { input: { name } });
  return enter(app, person, createOrganization.id, 'owner');
}

/** Another member of an organization, put there directly (inviting is tested elsewhere). */
export async function createMember(app: AppAddress, orgId: string, role: Role): Promise<Member> {
  const person = await createPerson(app);
  const client = new pg.Client({ connectionString: app.database.url('app') });
  await client.connect();
  await client.query('begin');
  await client.query(`select set_config('app.org', $1, true)`, [orgId]);
  await client.query(
    `insert into membership (org_id, id, user_id, role, version, created_at, updated_at)
     values ($1, $2, $3, $4, nextval('membership_version_seq'), now(), now())`,
    [orgId, v7(), person.id, role],
  );
  await client.query('commit');
  await client.end();
  return enter(app, person, orgId, role);
}
