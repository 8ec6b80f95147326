/** The organization that this transaction works in, or NULL: then no tenant row is visible at all. */
export const currentOrgSql = `(select nullif(current_setting('app.org', true), '')::uuid)`;

/** The account that this transaction works for, or NULL. */
export const currentUserSql = `(select nullif(current_setting('app.user', true), '')::uuid)`;
