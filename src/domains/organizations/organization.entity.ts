import { defineEntity, p } from '@mikro-orm/core';
import { currentOrgSql, currentUserSql, databaseRoles } from '../../kernel/database/index.js';

/** The root of tenancy: one school or team. Visible to its members, changed only from inside. */
const OrganizationSchema = defineEntity({
  name: 'Organization',
  tableName: 'organization',
  properties: {
    id: p.uuid().primary(),
    name: p.text(),
    createdAt: p.datetime(3),
    updatedAt: p.datetime(3),
  },
  rowLevelSecurity: 'force',
  policies: [
    {
      name: 'organization_tenant',
      roles: [databaseRoles.app],
      using: `id = ${currentOrgSql}`,
      check: `id = ${currentOrgSql}`,
    },
    {
      name: 'organization_members_read',
      command: 'select',
      roles: [databaseRoles.app],
      using: `id in (select m.org_id from membership m where m.user_id = ${currentUserSql})`,
    },
    { name: 'organization_owner_all', roles: [databaseRoles.owner], using: 'true', check: 'true' },
  ],
});

export class Organization extends OrganizationSchema.class {}
OrganizationSchema.setClass(Organization);
