import { Field, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { kernelErrorCodes, type ErrorCodeEntry, type ErrorCodes, type ErrorKind } from '../kernel/errors.js';
import { accountErrorCodes } from '../domains/accounts/index.js';
import { environmentErrorCodes } from '../domains/environments/index.js';
import { organizationErrorCodes } from '../domains/organizations/index.js';

/** What Apollo Server itself answers before any of our code runs. */
const protocolErrorCodes = {
  GRAPHQL_PARSE_FAILED: { kind: 'invalid', description: 'The document is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { kind: 'invalid', description: 'The document does not fit the schema.' },
  BAD_USER_INPUT: { kind: 'invalid', description: 'A variable or argument is not of its type.' },
  BAD_REQUEST: { kind: 'invalid', description: 'The request is not a GraphQL request.' },
  OPERATION_RESOLUTION_FAILURE: {
    kind: 'invalid',
    description: 'The document has no operation of that name.',
  },
  PERSISTED_QUERY_NOT_FOUND: { kind: 'not-found', description: 'Send the whole document once.' },
  PERSISTED_QUERY_NOT_SUPPORTED: { kind: 'invalid', description: 'Send the whole document.' },
} as const satisfies ErrorCodes;

/** Every code that `extensions.code` can have. */
export const errorCodes: ErrorCodes = {
  ...protocolErrorCodes,
  ...kernelErrorCodes,
  ...accountErrorCodes,
  ...organizationErrorCodes,
  ...environmentErrorCodes,
};

const ErrorCodeEnum = Object.fromEntries(Object.keys(errorCodes).map((code) => [code, code]));

registerEnumType(ErrorCodeEnum, {
  name: 'ErrorCode',
  description: 'What `extensions.code` of an error can be. A code never changes once released.',
  valuesConfig: Object.fromEntries(
    Object.entries(errorCodes).map(([code, { description }]) => [code, { description }]),
  ),
});

const ErrorKindEnum = {
  UNAUTHENTICATED: 'unauthenticated',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  INVALID: 'invalid',
  CONFLICT: 'conflict',
  RATE_LIMITED: 'rate-limited',
  QUOTA: 'quota',
  UNAVAILABLE: 'unavailable',
} as const satisfies Record<string, ErrorKind>;

registerEnumType(ErrorKindEnum, { name: 'ErrorKind', description: 'What an error code means in general.' });

@ObjectType('ErrorCodeInfo')
class ErrorCodeInfo implements ErrorCodeEntry {
  @Field(() => ErrorCodeEnum)
  code!: string;

  @Field(() => ErrorKindEnum)
  kind!: ErrorKind;

  @Field(() => String, { description: 'What it means and what to do.' })
  description!: string;
}

@Resolver()
export class ErrorCodesResolver {
  @Query(() => [ErrorCodeInfo], { description: 'Every error code, for clients that translate them.' })
  errorCodes(): ErrorCodeInfo[] {
    return Object.entries(errorCodes).map(([code, entry]) => ({ code, ...entry }));
  }
}
