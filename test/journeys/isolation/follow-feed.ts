import type { TestApp } from '../../support/app.js';
import { openSocket } from '../../support/socket.js';
import { operations } from './operations.js';
import { send } from './scene.js';

export interface FeedItem {
  __typename: string;
  change?: string;
  environmentId?: string;
  reason?: string;
}

/** Somebody following the feed on a socket of their own. */
export interface Follower {
  received: FeedItem[];
  errors: unknown[];
  ended: Promise<void>;
  /** Whether the publication of an environment has arrived; of any when none is named. */
  heardOf: (environmentId?: string) => boolean;
  dispose(): Promise<void>;
}

export function followFeed(app: TestApp, accessToken: string | null, after: string | null): Follower {
  const socket = openSocket(app.url, accessToken ?? '');
  const query = operations['Subscription.feed']?.document ?? '';
  const received: FeedItem[] = [];
  const errors: unknown[] = [];
  const ended = new Promise<void>((resolve) => {
    socket.client.subscribe<{ feed: FeedItem }>(
      { query, variables: { after } },
      {
        next: ({ data, errors: failures }) => {
          if (failures) errors.push(...failures);
          if (data) received.push(data.feed);
        },
        error: (error) => {
          errors.push(error);
          resolve();
        },
        complete: resolve,
      },
    );
  });
  return {
    received,
    errors,
    ended,
    heardOf: (id) =>
      received.some((item) => item.change === 'PUBLISHED' && (id === undefined || item.environmentId === id)),
    dispose: () => socket.dispose(),
  };
}

/** Makes and publishes an environment. @returns its id. */
export async function publishNewEnvironment(app: TestApp, accessToken: string): Promise<string> {
  const create = 'mutation { createEnvironment(input: {name: "live"}) { id } }';
  const { body } = await send(app, accessToken, create);
  const { id } = (body as { data: { createEnvironment: { id: string } } }).data.createEnvironment;
  await send(app, accessToken, `mutation { publishEnvironment(input: {id: "${id}"}) { id } }`);
  return id;
}
