import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../kernel/logger.js';
import type { GraphqlContext } from './graphql-context.js';
import { presentError } from './present-error.js';
import { stringifyResult } from './read-lane.plugin.js';

/** More tokens than any sensible document has. */
export const maxTokens = 5000;

/** Presents errors with the request that they belong to, over HTTP. */
const errorPresenter: ApolloServerPlugin<GraphqlContext> = {
  requestDidStart: () =>
    Promise.resolve({
      willSendResponse({ errors, response, contextValue: { requestId, log } }) {
        if (errors && response.body.kind === 'single') {
          response.body.singleResult.errors = errors.map((error) => presentError(error, requestId, log));
        }
        return Promise.resolve();
      },
    }),
};

export function createApolloServer(
  schema: GraphQLSchema,
  options: {
    introspection: boolean;
    lane: ApolloServerPlugin<GraphqlContext>;
    isProduction: boolean;
    log: Logger;
  },
): ApolloServer<GraphqlContext> {
  const log = options.log;
  return new ApolloServer<GraphqlContext>({
    schema,
    introspection: options.introspection,
    csrfPrevention: true,
    nodeEnv: options.isProduction ? 'production' : 'development',
    includeStacktraceInErrorResponses: false,
    stringifyResult,
    // Our own shutdown drains and stops things in their order; Apollo would re-raise the signal before it.
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      // It loads scripts of another host; development has an explorer of its own.
      ApolloServerPluginLandingPageDisabled(),
      errorPresenter,
      options.lane,
    ],
    logger: {
      debug: (message?: string) => log.debug({}, message ?? ''),
      info: (message?: string) => log.debug({}, message ?? ''),
      warn: (message?: string) => log.warn({}, message ?? ''),
      error: (message?: string) => log.error({}, message ?? ''),
    },
  });
}
