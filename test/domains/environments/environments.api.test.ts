import { startTestApp, type TestApp } from '../../support/app.js';
import { createMember, createOwner } from '../../support/factories/organization.js';
import { graphql } from '../../support/generated/gql.js';

const Create = graphql(`
  mutation CreateEnvironment($input: CreateEnvironmentInput!) {
    createEnvironment(input: $input) {
      id
      name
      status
      revision
      owner {
        id
      }
    }
  }
`);

const List = graphql(`
  query ListEnvironments($first: Int, $after: String, $filter: EnvironmentFilter) {
    environments(first: $first, after: $after, filter: $filter) {
      edges {
        cursor
        node {
          id
          name
          owner {
            name
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

describe('environments', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  it('begin as a draft that belongs to whoever creates them', async () => {
    const owner = await createOwner(app);
    const { createEnvironment } = await owner.client.run(Create, { input: { name: 'Volcano' } });
    expect(createEnvironment).toMatchObject({ name: 'Volcano', status: 'DRAFT', revision: 1, owner: { id: owner.id } });
  });

  it('give the first answer again for the same idempotency key', async () => {
    const owner = await createOwner(app);
    const input = { name: 'Volcano', idempotencyKey: 'once' };
    const first = await owner.client.run(Create, { input });
    const again = await owner.client.run(Create, { input });
    expect(again).toEqual(first);
    expect(await owner.client.code(Create, { input: { ...input, name: 'Other' } })).toBe('IDEMPOTENCY_KEY_REUSED');
    const { environments } = await owner.client.run(List, {});
    expect(environments.edges).toHaveLength(1);
  });

  it('are not created by viewers', async () => {
    const owner = await createOwner(app);
    const viewer = await createMember(app, owner.orgId, 'viewer');
    expect(await viewer.client.code(Create, { input: { name: 'Nope' } })).toBe('FORBIDDEN');
  });
});
