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
    description: 'The password is right, but the address is not verified yet. Follow the link in the mail.',
  },
  ACCOUNTS_VERIFICATION_INVALID: {
    kind: 'invalid',
    description: 'The verification token is unknown, used or expired. Ask for a new mail.',
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
    return new UsernameTakenError(
      'ACCOUNTS_USERNAME_TAKEN',
      'conflict',
      `The username ${username} is taken. Choose another one.`,
      { field: 'input.username' },
    );
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
      'Verify your address first: follow the link in the mail that we sent, or ask for a new one.',
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
