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

/** Apollo's own code for an error of the document or the request, which stands on the outermost error. */
function protocolCodeOf(error: GraphQLError): string | null {
  const code = error.extensions['code'];
  return typeof code === 'string' && code in errorCodes ? code : null;
}

/** Whether no resolver threw it: it is about a place in the document, and not about a field of the answer. */
function isOfTheDocument(error: GraphQLError): boolean {
  return error.path === undefined && error.locations !== undefined;
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
  const protocolCode = protocolCodeOf(error);
  // A scalar that refuses a value throws an error of its own, also where no field is resolved yet. Without an
  // original error it is about the document or the request as well. GraphQL's own words say what is wrong.
  if (protocolCode !== null || isOfTheDocument(error) || original instanceof GraphQLError) {
    const code =
      protocolCode ??
      (error.message.startsWith('Variable "$') ? 'BAD_USER_INPUT' : 'GRAPHQL_VALIDATION_FAILED');
    return { message: error.message, ...where, extensions: { code } };
  }
  log.error({ err: original, path: error.path }, 'unexpected error in an operation');
  return {
    message: 'Something failed on our side. Quote the request id when you report it.',
    ...where,
    extensions: { code: 'INTERNAL_ERROR', requestId },
  };
}
