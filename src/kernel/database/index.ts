export { databaseRoles } from './roles.js';
export { currentOrgSql, currentUserSql, tenantEntity, tenantEntityNames } from './tenant-entity.js';
