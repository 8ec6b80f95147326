import { IdempotencyKey } from '../kernel/database/idempotency-key.entity.js';
import { accountEntities } from '../domains/accounts/index.js';
import { environmentEntities } from '../domains/environments/index.js';
import { mailEntities } from '../domains/mail/index.js';
import { organizationEntities } from '../domains/organizations/index.js';

/** Every mapped table, for the server, the migrator and the schema diff. */
export const entities = [
  IdempotencyKey,
  ...accountEntities,
  ...organizationEntities,
  ...mailEntities,
  ...environmentEntities,
];
