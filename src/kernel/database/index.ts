export { databaseRoles } from './roles.js';
export { currentOrgSql, currentUserSql } from './tenancy-sql.js';
export { tenantEntity, tenantEntityNames } from './tenant-entity.js';
