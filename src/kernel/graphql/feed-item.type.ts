import { Field, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import type { GapReason } from '../events/feed-entry.js';
import { DateTimeScalar } from './scalars.js';

@InterfaceType({
  description: 'One entry of the feed of everything that you may see happen.',
  resolveType: (item: FeedItem) => item.__typename,
})
export abstract class FeedItem {
  abstract readonly __typename: string;

  @Field(() => String, { description: 'Keep it and hand it back as `after`: you then miss nothing.' })
  cursor!: string;
}

@InterfaceType({
  implements: FeedItem,
  description: 'Something that happened.',
  resolveType: (item: FeedEvent) => item.__typename,
})
export abstract class FeedEvent extends FeedItem {
  @Field(() => DateTimeScalar)
  occurredAt!: Date;
}

export enum FeedGapReason {
  CURSOR_TOO_OLD = 'cursor-too-old',
  LOG_RESTORED = 'log-restored',
  STREAM_NOT_COVERED = 'stream-not-covered',
}

registerEnumType(FeedGapReason, {
  name: 'FeedGapReason',
  description: 'Why events before this entry cannot be given.',
  valuesConfig: {
    CURSOR_TOO_OLD: { description: 'They have been trimmed from the log.' },
    LOG_RESTORED: { description: 'The database was restored or failed over since the cursor was given.' },
    STREAM_NOT_COVERED: { description: 'The cursor is from another organization.' },
  },
});

@ObjectType({
  implements: FeedItem,
  description: 'Events are missing before this entry: read the current state anew, then go on from here.',
})
export class FeedGap extends FeedItem {
  readonly __typename = 'FeedGap';

  @Field(() => FeedGapReason)
  reason!: GapReason;
}
