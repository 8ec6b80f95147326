/** What a username looks like; never like an address, so that a login is one or the other. */
export const usernamePattern = /^[A-Za-z0-9](?:[A-Za-z0-9._-]{1,30})[A-Za-z0-9]$/;

/** The same in words. */
export const usernameRule =
  'must have 3 to 32 letters, digits, dots, hyphens or underscores, and begin and end with a letter or digit';

/** The form in which two addresses are compared. */
export function emailKeyOf(email: string): string {
  return email.trim().normalize('NFKC').toLowerCase();
}

/** The form in which two usernames are compared. */
export function usernameKeyOf(username: string): string {
  return username.trim().normalize('NFKC').toLowerCase();
}
