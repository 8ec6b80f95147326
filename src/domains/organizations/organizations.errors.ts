import { AppError, type ErrorCodes } from '../../kernel/errors.js';

export const organizationErrorCodes = {
  ORGANIZATIONS_ALREADY_MEMBER: { kind: 'conflict', description: 'This person is already a member.' },
  ORGANIZATIONS_ALREADY_INVITED: {
    kind: 'conflict',
    description: 'An invitation to this address is open. Withdraw it first to send another.',
  },
  ORGANIZATIONS_INVITATION_INVALID: {
    kind: 'invalid',
    description: 'The invitation is unknown, used, withdrawn or expired. Ask for a new one.',
  },
  ORGANIZATIONS_INVITATION_FOR_OTHER_ADDRESS: {
    kind: 'forbidden',
    description: 'The invitation is for another address. Sign in with the account of that address.',
  },
  ORGANIZATIONS_LAST_OWNER: {
    kind: 'conflict',
    description: 'An organization always has an owner. Make somebody else an owner first.',
  },
} as const satisfies ErrorCodes;

export class AlreadyMemberError extends AppError {
  static of(email: string): AlreadyMemberError {
    return new AlreadyMemberError(
      'ORGANIZATIONS_ALREADY_MEMBER',
      'conflict',
      `${email} is already a member of this organization.`,
      { field: 'input.email' },
    );
  }
}

export class AlreadyInvitedError extends AppError {
  static of(email: string): AlreadyInvitedError {
    return new AlreadyInvitedError(
      'ORGANIZATIONS_ALREADY_INVITED',
      'conflict',
      `An invitation to ${email} is open. Withdraw it first to send another one.`,
      { field: 'input.email' },
    );
  }
}

export class InvitationInvalidError extends AppError {
  constructor() {
    super(
      'ORGANIZATIONS_INVITATION_INVALID',
      'invalid',
      'This invitation is unknown, used, withdrawn or expired. Ask for a new one.',
      { field: 'input.token' },
    );
  }
}

export class InvitationForOtherAddressError extends AppError {
  constructor() {
    super(
      'ORGANIZATIONS_INVITATION_FOR_OTHER_ADDRESS',
      'forbidden',
      'This invitation is for another address. Sign in with the account of the address that it was sent to.',
    );
  }
}

export class LastOwnerError extends AppError {
  constructor() {
    super(
      'ORGANIZATIONS_LAST_OWNER',
      'conflict',
      'The last owner cannot leave or become less. Make somebody else an owner first.',
    );
  }
}
