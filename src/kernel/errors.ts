/** What went wrong, as far as a caller has to tell it apart; each edge maps a kind to its own status. */
export type ErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'conflict'
  | 'rate-limited'
  | 'quota'
  | 'unavailable';

export interface ErrorDetails {
  /** The input field at fault, as a dotted path. */
  field?: string;
  /** Seconds after which a repeat may succeed. */
  retryAfterSeconds?: number;
  [name: string]: unknown;
}

/** One row of the published list of error codes. */
export interface ErrorCodeEntry {
  kind: ErrorKind;
  /** What it means and what to do, shown in the schema. */
  description: string;
}

export type ErrorCodes = Record<string, ErrorCodeEntry>;

/**
 * An expected failure that a caller may see. `message` says what happened, to what, and what to do next;
 * `code` never changes once released.
 */
export class AppError extends Error {
  override readonly name: string = 'AppError';

  constructor(
    readonly code: string,
    readonly kind: ErrorKind,
    message: string,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** The codes that belong to no domain. */
export const kernelErrorCodes = {
  UNAUTHENTICATED: {
    kind: 'unauthenticated',
    description: 'The operation needs a signed-in account. Sign in, or send a valid access token.',
  },
  FORBIDDEN: { kind: 'forbidden', description: 'The signed-in account may see this but not do it.' },
  NOT_FOUND: { kind: 'not-found', description: 'It does not exist, or is not visible to you.' },
  INPUT_INVALID: {
    kind: 'invalid',
    description: 'The input breaks a rule. `field` and `violations` say which.',
  },
  CURSOR_INVALID: {
    kind: 'invalid',
    description: 'The cursor was not made by this list. Start again without one.',
  },
  ORGANIZATION_REQUIRED: {
    kind: 'invalid',
    description: 'The operation acts in an organization, and none is active. Switch to one first.',
  },
  IDEMPOTENCY_KEY_REUSED: {
    kind: 'conflict',
    description: 'The idempotency key was used before with other input. Use a fresh key.',
  },
  EDIT_CONFLICT: {
    kind: 'conflict',
    description: 'Somebody changed it since you read it. Read it again and repeat the edit.',
  },
  BUSY: { kind: 'unavailable', description: 'The server has too much to do just now. Repeat shortly.' },
  INTERNAL_ERROR: {
    kind: 'unavailable',
    description: 'Something failed on our side. Quote the request id when you report it.',
  },
} as const satisfies ErrorCodes;

export class UnauthenticatedError extends AppError {
  constructor(message = 'Sign in first: this operation needs an access token.') {
    super('UNAUTHENTICATED', 'unauthenticated', message);
  }
}

export class ForbiddenError extends AppError {
  constructor(message: string) {
    super('FORBIDDEN', 'forbidden', message);
  }
}

/** Also thrown for what exists but may not be seen, so that the two look the same. */
export class NotFoundError extends AppError {
  static of(thing: string, id: string): NotFoundError {
    return new NotFoundError('NOT_FOUND', 'not-found', `There is no ${thing} ${id} that you can see.`);
  }
}

export interface Violation {
  field: string;
  message: string;
}

export class InvalidInputError extends AppError {
  static of(violations: [Violation, ...Violation[]]): InvalidInputError {
    const [first] = violations;
    return new InvalidInputError('INPUT_INVALID', 'invalid', `${first.field}: ${first.message}`, {
      field: first.field,
      violations,
    });
  }

  static field(field: string, message: string): InvalidInputError {
    return InvalidInputError.of([{ field, message }]);
  }
}

export class CursorInvalidError extends AppError {
  constructor(field = 'after') {
    super('CURSOR_INVALID', 'invalid', 'This cursor is not one of ours. Start again without it.', { field });
  }
}

export class OrganizationRequiredError extends AppError {
  constructor() {
    super(
      'ORGANIZATION_REQUIRED',
      'invalid',
      'No organization is active. Create one or switch to one, and use the access token that you get.',
    );
  }
}

export class IdempotencyKeyReusedError extends AppError {
  constructor() {
    super(
      'IDEMPOTENCY_KEY_REUSED',
      'conflict',
      'This idempotency key was already used with other input. Use a new key for a new request.',
      { field: 'input.idempotencyKey' },
    );
  }
}

export class EditConflictError extends AppError {
  static of(thing: string, id: string, currentRevision: number): EditConflictError {
    return new EditConflictError(
      'EDIT_CONFLICT',
      'conflict',
      `${thing} ${id} is at revision ${currentRevision} now. Read it again and repeat your edit.`,
      { currentRevision },
    );
  }
}

export class BusyError extends AppError {
  constructor(retryAfterSeconds = 1) {
    super('BUSY', 'unavailable', 'The server has too much to do just now. Try again in a moment.', {
      retryAfterSeconds,
    });
  }
}
