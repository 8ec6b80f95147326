import { AppError, type ErrorCodes } from '../../kernel/errors.js';

export const accountErrorCodes = {
  ACCOUNTS_USERNAME_TAKEN: {
    kind: 'conflict',
    description: 'Another account has this username. Choose another one.',
  },
  ACCOUNTS_INVALID_CREDENTIALS: {
    kind: 'unauthenticated',
    description: 'There is no account with this login and password.',
  },
  ACCOUNTS_EMAIL_NOT_VERIFIED: {
    kind: 'forbidden',
    description:
      'The password is that of a registration that is not verified. The mail that was sent says what to do.',
  },
  ACCOUNTS_VERIFICATION_INVALID: {
    kind: 'invalid',
    description: 'The verification token is unknown, used or expired. Ask for a new mail.',
  },
  ACCOUNTS_VERIFICATION_NEEDS_PASSWORD: {
    kind: 'conflict',
    description:
      'Several registrations wait for this address. Repeat with the password of the one that is meant.',
  },
  ACCOUNTS_ACCESS_TOKEN_REFUSED: {
    kind: 'unauthenticated',
    description: 'The access token has expired or was overtaken by a change. Refresh it and repeat.',
  },
  ACCOUNTS_REFRESH_TOKEN_REFUSED: {
    kind: 'unauthenticated',
    description: 'The refresh token is unknown, expired or spent, or its session has ended. Sign in again.',
  },
} as const satisfies ErrorCodes;

export class UsernameTakenError extends AppError {
  static of(username: string): UsernameTakenError {
    const message = `The username ${username} is taken. Choose another one.`;
    return new UsernameTakenError(message, { field: 'input.username' });
  }

  /** Found out when the address was verified, long after the name was chosen. */
  static meanwhile(username: string): UsernameTakenError {
    return new UsernameTakenError(
      `The username ${username} was taken in the meantime. Register again with another one.`,
    );
  }

  private constructor(message: string, details?: { field: string }) {
    super('ACCOUNTS_USERNAME_TAKEN', 'conflict', message, details);
  }
}

export class InvalidCredentialsError extends AppError {
  constructor() {
    super(
      'ACCOUNTS_INVALID_CREDENTIALS',
      'unauthenticated',
      'There is no account with this login and password. Check both and try again.',
    );
  }
}

export class EmailNotVerifiedError extends AppError {
  constructor() {
    super(
      'ACCOUNTS_EMAIL_NOT_VERIFIED',
      'forbidden',
      'This is the password of a registration that is not verified. Read the mail that we sent to its address, or ask for a new one.',
    );
  }
}

export class VerificationInvalidError extends AppError {
  constructor() {
    super(
      'ACCOUNTS_VERIFICATION_INVALID',
      'invalid',
      'This verification token is unknown, used or expired. If you cannot sign in, ask for a new mail.',
      { field: 'input.token' },
    );
  }
}

export class VerificationNeedsPasswordError extends AppError {
  static missing(): VerificationNeedsPasswordError {
    return VerificationNeedsPasswordError.of(
      'This address was registered more than once. Give the password that you chose, and that registration is confirmed.',
    );
  }

  static wrong(): VerificationNeedsPasswordError {
    return VerificationNeedsPasswordError.of(
      'No registration that waits for this address has this password. Check it, or register again.',
    );
  }

  private static of(message: string): VerificationNeedsPasswordError {
    return new VerificationNeedsPasswordError('ACCOUNTS_VERIFICATION_NEEDS_PASSWORD', 'conflict', message, {
      field: 'input.password',
    });
  }
}

export class AccessTokenRefusedError extends AppError {
  constructor() {
    super(
      'ACCOUNTS_ACCESS_TOKEN_REFUSED',
      'unauthenticated',
      'This access token is not valid any more. Get a new one with your refresh token, and repeat.',
    );
  }
}

export class RefreshTokenRefusedError extends AppError {
  constructor() {
    super(
      'ACCOUNTS_REFRESH_TOKEN_REFUSED',
      'unauthenticated',
      'This refresh token is not valid. Sign in again.',
    );
  }
}
