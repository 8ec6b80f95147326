/**
 * What the pages say for an error code, where they can say more than the server's own message, which they show
 * for every other code.
 */
export const errorWords = {
  ACCOUNTS_VERIFICATION_INVALID:
    'This link was used before, is too old, or is not complete. If you have confirmed your address already, just sign in. Otherwise ask for a new mail below.',
  ACCOUNTS_INVALID_CREDENTIALS: 'No account has this login and password. Check both and try again.',
  ACCOUNTS_EMAIL_NOT_VERIFIED:
    'This is the password of a registration that is not confirmed yet. Do what the mail says that we sent, or ask for a new mail below; then come back here.',
  ACCOUNTS_ACCESS_TOKEN_REFUSED: 'Your sign-in has ended in the meantime. Try again.',
  UNAUTHENTICATED: 'Your sign-in has ended in the meantime. Try again.',
  ORGANIZATIONS_INVITATION_INVALID:
    'This invitation was used or withdrawn, is too old, or the link is not complete. If you have accepted it already, just sign in. Otherwise ask the person who invited you for a new one.',
  ORGANIZATIONS_INVITATION_FOR_OTHER_ADDRESS:
    'This invitation was sent to another address than that of your account. Use the account of the address that got the mail; register it below if there is none.',
  ORGANIZATIONS_ALREADY_MEMBER: 'You are a member of this organization already. There is nothing left to do.',
  INPUT_INVALID: 'Something is not filled in as it has to be. Look at the marked fields.',
  BUSY: 'The server has too much to do just now. Try again in a moment.',
} as const satisfies Record<string, string>;
