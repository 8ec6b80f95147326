import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError } from '../kernel/errors.js';
import type { Logger } from '../kernel/logger.js';
import { errorCodes } from './error-codes.js';

/** The error that a resolver threw, behind what GraphQL wraps around it. */
function originalOf(error: unknown): unknown {
  let original = error;
  while (original instanceof GraphQLError && original.originalError) original = original.originalError;
  return original;
}

function isOfTheProtocol(error: GraphQLError): boolean {
  return typeof error.extensions['code'] === 'string' && error.extensions['code'] in errorCodes;
}

/**
 * What a client sees of an error: its code, its words and its details when it was expected; else only the
 * request id, while the log has the rest.
 */
export function presentError(error: GraphQLError, requestId: string, log: Logger): GraphQLFormattedError {
  const original = originalOf(error);
  const where = {
    ...(error.locations && { locations: error.locations }),
    ...(error.path && { path: error.path }),
  };
  if (original instanceof AppError) {
    const { code, message, details } = original;
    return { message, ...where, extensions: { code, ...details } };
  }
  // Without an original error it is about the document or the request, and GraphQL's own words say it.
  if (original instanceof GraphQLError) {
    const code = isOfTheProtocol(original) ? original.extensions['code'] : 'GRAPHQL_VALIDATION_FAILED';
    return { message: original.message, ...where, extensions: { code } };
  }
  log.error({ err: original, path: error.path }, 'unexpected error in an operation');
  return {
    message: 'Something failed on our side. Quote the request id when you report it.',
    ...where,
    extensions: { code: 'INTERNAL_ERROR', requestId },
  };
}
