import { z } from 'zod';
import { defineEvent } from '../../kernel/events/event.js';

const status = z.enum(['draft', 'published', 'archived']);

/** What the policy needs to tell who may hear of it, also when it is gone by then. */
const change = z.object({
  environmentId: z.uuid(),
  ownerId: z.uuid(),
  revision: z.int(),
  status,
  statusBefore: status.nullable(),
});

export const environmentCreated = defineEvent('environment.created.v1', change);
export const environmentUpdated = defineEvent('environment.updated.v1', change);
export const environmentPublished = defineEvent('environment.published.v1', change);
export const environmentArchived = defineEvent('environment.archived.v1', change);
export const environmentUnarchived = defineEvent('environment.unarchived.v1', change);
export const environmentDeleted = defineEvent('environment.deleted.v1', change);
export const environmentRestored = defineEvent('environment.restored.v1', change);
