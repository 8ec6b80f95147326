import type { TestApp } from '../../support/app.js';
import type { Member } from '../../support/factories/organization.js';
import type { FeedFollowSubscription } from '../../support/generated/graphql.js';
import { openSocket, type Followed, type TestSocket } from '../../support/socket.js';
import { Create, Follow, Poll } from './environment-feed.documents.js';

type FollowedFeed = Followed<FeedFollowSubscription>;

/** Members of one app who follow their feeds; the sockets are closed by `close`. */
export function createFeedReaders(app: () => TestApp) {
  const sockets: TestSocket[] = [];

  const connect = (member: Member): TestSocket => {
    const socket = openSocket(app().url, member.accessToken);
    sockets.push(socket);
    return socket;
  };

  /** From now on: with a cursor, so that nothing that happens next is missed. */
  const follow = async (member: Member, socket = connect(member)): Promise<FollowedFeed> =>
    socket.follow(Follow, { after: await cursorOf(member) });

  const close = async (): Promise<void> => {
    for (const socket of sockets.splice(0)) await socket.dispose();
  };

  return { connect, follow, close };
}

export async function cursorOf(member: Member): Promise<string> {
  return (await member.client.run(Poll, {})).feed.cursor;
}

export async function create(member: Member, name = 'Volcano'): Promise<string> {
  return (await member.client.run(Create, { input: { name } })).createEnvironment.id;
}

/** The changes, or the kinds of other items, in the order in which they came. */
export function told({ received }: FollowedFeed): string[] {
  return received.map(({ feed }) =>
    feed.__typename === 'EnvironmentChanged' ? feed.change : feed.__typename,
  );
}

export function cursorAt({ received }: FollowedFeed, index: number): string {
  return received[index]?.feed.cursor ?? '';
}

/** The environments that the items are about. */
export function subjectsOf({ received }: FollowedFeed): string[] {
  return received.map(({ feed }) => (feed.__typename === 'EnvironmentChanged' ? feed.environmentId : ''));
}
