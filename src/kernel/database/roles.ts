/**
 * The logins of Toolbox in PostgreSQL. They are logins and not SET ROLE, which a session can undo.
 * `owner` owns and migrates and is absent from API and worker processes; `app` runs requests and jobs;
 * `relay` claims events; `admin` serves the reads of platform admins; `lookup` owns the lookup functions
 * and cannot log in.
 */
export const databaseRoles = {
  owner: 'toolbox_owner',
  app: 'toolbox_app',
  relay: 'toolbox_relay',
  admin: 'toolbox_admin',
  lookup: 'toolbox_lookup',
} as const;
