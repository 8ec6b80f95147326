import { jest } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import { Environment } from '../../../src/domains/environments/environment.entity.js';
import { startTestApp, type TestApp } from '../../support/app.js';
import { createMember, createOwner } from '../../support/factories/organization.js';
import { graphql } from '../../support/generated/gql.js';
import { waitFor } from '../../support/wait-for.js';
import { Archive, Delete, Publish } from './environment-feed.documents.js';
import { create, cursorOf } from './environment-feed.readers.js';

const PollEnvironments = graphql(`
  query FeedPageEnvironments($after: String) {
    feed(after: $after, first: 200) {
      items {
        ... on EnvironmentChanged {
          change
          environmentId
          environment {
            name
          }
        }
      }
    }
  }
`);

describe('a page of the feed', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.stop());

  it('is read with one context and one query, however many entries it has', async () => {
    const owner = await createOwner(app);
    const viewer = await createMember(app, owner.orgId, 'viewer');
    const after = await cursorOf(owner);
    const names = ['Volcano', 'Reef', 'Glacier', 'Desert'];
    const ids: string[] = [];
    for (const name of names) ids.push(await create(owner, name));
    const [volcano = '', reef = '', glacier = ''] = ids;
    for (const id of [volcano, reef, glacier]) await owner.client.run(Publish, { input: { id } });
    await owner.client.run(Archive, { input: { id: reef } });
    await owner.client.run(Delete, { input: { id: glacier } });
    const items = async (member = owner) => (await member.client.run(PollEnvironments, { after })).feed.items;
    await waitFor(async () => (await items()).length === 9, { what: 'every event being published' });

    const finds = jest.spyOn(EntityManager.prototype, 'find');
    const lone = jest.spyOn(EntityManager.prototype, 'findOne');
    const forks = jest.spyOn(EntityManager.prototype, 'fork');
    const page = await items();
    const ofEnvironments = (calls: unknown[][]) => calls.filter(([entity]) => entity === Environment).length;
    expect(ofEnvironments(finds.mock.calls)).toBe(1);
    expect(ofEnvironments(lone.mock.calls)).toBe(0);
    // For its own context, the log that it reads, and the page: not for each entry.
    expect(forks.mock.calls.length).toBeLessThan(9);
    jest.restoreAllMocks();

    const shown = page.map((item) => 'environment' in item && (item.environment?.name ?? null));
    expect(shown).toEqual([...shownNow(names), 'Volcano', 'Reef', null, 'Reef', null]);
    expect(await items(viewer)).toEqual([
      expect.objectContaining({ change: 'PUBLISHED', environment: { name: 'Volcano' } }),
      expect.objectContaining({ change: 'PUBLISHED', environment: null }),
      expect.objectContaining({ change: 'PUBLISHED', environment: null }),
      expect.objectContaining({ change: 'ARCHIVED', environment: null }),
      expect.objectContaining({ change: 'DELETED', environment: null }),
    ]);
  });
});

/** What was created, without what has been deleted since. */
function shownNow(names: string[]): (string | null)[] {
  return names.map((name) => (name === 'Glacier' ? null : name));
}
