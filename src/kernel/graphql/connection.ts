import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import type { PageArgs } from '../pagination.js';

@ObjectType({ description: 'Where a page stands in its list (Relay cursor specification).' })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => Boolean)
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  startCursor!: string | null;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ArgsType()
export class ConnectionArgs implements PageArgs {
  @Field(() => Int, { nullable: true, description: 'How many, going forward; 20 if left out, 100 at most.' })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Go on behind this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many, going backward; 100 at most.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Go back from this cursor.' })
  before?: string | null;
}

/** The connection and edge types of a node type; `name` is the node's name in the schema. */
export function connectionOf<T extends object>(name: string, nodeType: () => ClassType<T>) {
  @ObjectType(`${name}Edge`)
  class EdgeType {
    @Field(() => String)
    cursor!: string;

    @Field(nodeType)
    node!: T;
  }

  @ObjectType(`${name}Connection`)
  class ConnectionType {
    @Field(() => [EdgeType])
    edges!: EdgeType[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }

  return ConnectionType;
}
