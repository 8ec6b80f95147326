import { IsOptional, Max, Min } from 'class-validator';
import {
  Args,
  ArgsType,
  Ctx,
  Field,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
  registerEnumType,
} from 'type-graphql';
import { requireUser } from '../kernel/actor.js';
import type { FeedEntry, FeedReader } from '../kernel/events/feed-entry.js';
import type { FeedItemValue } from '../kernel/events/feed-projection.js';
import { FeedGap, FeedItem } from '../kernel/graphql/feed-item.type.js';
import { AccessTokenRefusedError } from '../domains/accounts/index.js';
import { endsAccess } from './ends-access.js';
import { FeedTopic, type FeedTopicValue } from './feed-topics.js';
import type { GraphqlContext } from './graphql-context.js';
import { ProjectedFeed } from './projected-feed.js';

registerEnumType(FeedTopic, { name: 'FeedTopic', description: 'What the feed can be narrowed to.' });

const defaultPageSize = 50;
const maxPageSize = 200;

@ArgsType()
export class FollowFeedArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last item that you have; from now on if left out.',
  })
  after?: string | null;

  @Field(() => [FeedTopic], { nullable: true, description: 'Only these; everything if left out.' })
  topics?: FeedTopicValue[] | null;
}

@ArgsType()
export class ReadFeedArgs extends FollowFeedArgs {
  @Field(() => Int, {
    nullable: true,
    description: `How many; ${defaultPageSize} if left out, ${maxPageSize} at most.`,
  })
  @IsOptional()
  @Min(1, { message: 'must be at least 1' })
  @Max(maxPageSize, { message: `must be at most ${maxPageSize}` })
  first?: number | null;
}

@ObjectType({ description: 'A page of the feed, for clients that poll.' })
class FeedPage {
  @Field(() => [FeedItem])
  items!: FeedItemValue[];

  @Field(() => String, { description: 'Hand it back as `after` to go on, also when the page is empty.' })
  cursor!: string;

  @Field(() => Boolean, { description: 'Whether there is more just now.' })
  hasMore!: boolean;
}

function readerOf(ctx: GraphqlContext): FeedReader {
  const { userId, membership } = requireUser(ctx.actor);
  return { userId, orgId: membership?.orgId ?? null };
}

/** What the reader may see of an entry now, or null, with a context that has loaded nothing before it. */
async function projectEntry(
  ctx: GraphqlContext,
  entry: FeedEntry,
  topics: Set<string> | null,
): Promise<FeedItemValue | null> {
  if (entry.kind === 'gap') {
    return Object.assign(new FeedGap(), { cursor: entry.cursor, reason: entry.reason });
  }
  for (const { topic, project } of ctx.feedServices.projections) {
    const projection = project[entry.event.type];
    if (projection && (!topics || topics.has(topic))) return projection(ctx, entry.event, entry.cursor);
  }
  return null;
}

function follow(ctx: GraphqlContext, { after, topics }: FollowFeedArgs): Promise<ProjectedFeed> {
  const wanted = topics ? new Set<string>(topics) : null;
  const { feed, isRevoked } = ctx.feedServices;
  return feed.follow(readerOf(ctx), { after: after ?? null }).then(
    (follower) =>
      new ProjectedFeed(follower, {
        isRevoked: (entry) => isRevoked(ctx.actor) || endsAccess(ctx.actor, entry),
        project: (entry) => projectEntry(ctx.renew(), entry, wanted),
      }),
  );
}

@Resolver()
export class FeedResolver {
  @Query(() => FeedPage, {
    description: 'What happened after a cursor, for clients that cannot hold a socket.',
  })
  async feed(@Ctx() ctx: GraphqlContext, @Args(() => ReadFeedArgs) args: ReadFeedArgs): Promise<FeedPage> {
    const topics = args.topics ? new Set<string>(args.topics) : null;
    const options = { after: args.after ?? null, first: args.first ?? defaultPageSize };
    const { entries, cursor, hasMore } = await ctx.feedServices.feed.page(readerOf(ctx), options);
    if (entries.some((entry) => endsAccess(ctx.actor, entry))) throw new AccessTokenRefusedError();
    const fresh = ctx.renew();
    const items = await Promise.all(entries.map((entry) => projectEntry(fresh, entry, topics)));
    return { items: items.filter((item) => item !== null), cursor, hasMore };
  }

  @Subscription(() => FeedItem, {
    name: 'feed',
    description:
      'Everything that you may see happen, as it happens. After a reconnect, hand back the last cursor.',
    subscribe: ({ context, args }) => follow(context as GraphqlContext, args as FollowFeedArgs) as never,
  })
  followFeed(@Root() item: FeedItemValue, @Args(() => FollowFeedArgs) _args: FollowFeedArgs): FeedItemValue {
    return item;
  }
}
