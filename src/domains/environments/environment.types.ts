import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import { connectionOf } from '../../kernel/graphql/connection.js';
import { FeedEvent, FeedItem } from '../../kernel/graphql/feed-item.type.js';
import { DateTimeScalar, UuidScalar } from '../../kernel/graphql/scalars.js';
import type { Shape } from '../../kernel/graphql/shape.js';
import type { Environment, EnvironmentStatus } from './environment.entity.js';

export const EnvironmentStatusEnum = {
  DRAFT: 'draft',
  PUBLISHED: 'published',
  ARCHIVED: 'archived',
} as const satisfies Record<string, EnvironmentStatus>;

registerEnumType(EnvironmentStatusEnum, {
  name: 'EnvironmentStatus',
  valuesConfig: {
    DRAFT: { description: 'Seen by its owner and by owners and admins of the organization.' },
    PUBLISHED: { description: 'Seen by the whole organization.' },
    ARCHIVED: { description: 'Put away; seen as a draft is.' },
  },
});

export const EnvironmentChangeEnum = {
  CREATED: 'created',
  UPDATED: 'updated',
  PUBLISHED: 'published',
  ARCHIVED: 'archived',
  UNARCHIVED: 'unarchived',
  DELETED: 'deleted',
  RESTORED: 'restored',
} as const;

registerEnumType(EnvironmentChangeEnum, { name: 'EnvironmentChange' });

@ObjectType('Environment', { description: 'A learning environment.' })
export class EnvironmentType implements Shape<
  Environment,
  'id' | 'name' | 'description' | 'status' | 'revision' | 'createdAt' | 'updatedAt' | 'deletedAt'
> {
  @Field(() => UuidScalar)
  id!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  description!: string;

  @Field(() => EnvironmentStatusEnum)
  status!: EnvironmentStatus;

  @Field(() => Int, { description: 'Counts the edits; hand it back as `expectedRevision` with an edit.' })
  revision!: number;

  @Field(() => DateTimeScalar)
  createdAt!: Date;

  @Field(() => DateTimeScalar)
  updatedAt!: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  deletedAt!: Date | null | undefined;
}

@ObjectType()
export class EnvironmentConnection extends connectionOf('Environment', () => EnvironmentType) {}

@ObjectType({
  implements: [FeedItem, FeedEvent],
  description: 'An environment that you may see has changed.',
})
export class EnvironmentChanged extends FeedEvent {
  readonly __typename = 'EnvironmentChanged';

  @Field(() => EnvironmentChangeEnum)
  change!: (typeof EnvironmentChangeEnum)[keyof typeof EnvironmentChangeEnum];

  @Field(() => UuidScalar)
  environmentId!: string;

  @Field(() => EnvironmentType, {
    nullable: true,
    description: 'As it is now; null when it is deleted or you may not see it any more.',
  })
  environment!: EnvironmentType | null;
}
