import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from '../kernel/logger.js';
import type { GraphqlContext } from './graphql-context.js';
import { presentError } from './present-error.js';

/** More tokens than any sensible document has. */
const maxTokens = 5000;

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
  httpServer: Server,
  options: { introspection: boolean; log: Logger },
): ApolloServer<GraphqlContext> {
  const log = options.log;
  return new ApolloServer<GraphqlContext>({
    schema,
    introspection: options.introspection,
    csrfPrevention: true,
    includeStacktraceInErrorResponses: false,
    // Our own shutdown stops things in their order; Apollo would re-raise the signal before it.
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens },
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginDrainHttpServer({ httpServer }),
      errorPresenter,
    ],
    logger: {
      debug: (message?: string) => log.debug({}, message ?? ''),
      info: (message?: string) => log.debug({}, message ?? ''),
      warn: (message?: string) => log.warn({}, message ?? ''),
      error: (message?: string) => log.error({}, message ?? ''),
    },
  });
}
