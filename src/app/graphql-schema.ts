import 'reflect-metadata';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, type NonEmptyArray, type PubSub } from 'type-graphql';
import { accountResolvers } from '../domains/accounts/index.js';
import { environmentResolvers } from '../domains/environments/index.js';
import { organizationResolvers } from '../domains/organizations/index.js';
import { ErrorCodesResolver } from './error-codes.js';
import { FeedResolver } from './feed.resolver.js';
import { validateInput } from './validate-input.js';

const resolverClasses = [
  ...accountResolvers,
  ...organizationResolvers,
  ...environmentResolvers,
  FeedResolver,
  ErrorCodesResolver,
];

/** type-graphql asks for one as soon as there is a subscription; ours bring their own streams. */
const noPubSub: PubSub = {
  publish() {
    throw new Error('Emit an event instead: subscriptions read the event log.');
  },
  subscribe() {
    throw new Error('Subscriptions read the event log.');
  },
};

/** Builds the schema over resolver instances that are already made; none are needed to print it. */
export function buildGraphqlSchema(instances: object[]): GraphQLSchema {
  const byClass = new Map(instances.map((resolver) => [resolver.constructor, resolver]));
  return buildSchemaSync({
    resolvers: resolverClasses as unknown as NonEmptyArray<() => unknown>,
    container: { get: (resolverClass: () => unknown) => byClass.get(resolverClass) },
    validateFn: validateInput,
    pubSub: noPubSub,
  });
}

/** The text of `schema.graphql`: sorted, so that its order says nothing. */
export function printGraphqlSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildGraphqlSchema([])))}\n`;
}
