import type { UserActor } from '../../kernel/actor.js';
import {
  enumColumn,
  integerColumn,
  one,
  plainColumn,
  textColumn,
  timestampColumn,
  type Bind,
  type Readable,
  type ReadableRoot,
} from '../../kernel/read/readable.js';
import { userReadable } from '../accounts/index.js';
import { EnvironmentStatusEnum } from './environment.types.js';
import type { EnvironmentFilter } from './environment.queries.js';
import { environmentSight, type EnvironmentSight } from './environments.policy.js';

const environmentReadable: Readable = {
  typeName: 'Environment',
  table: 'environment',
  fields: {
    id: plainColumn('id'),
    name: textColumn('name'),
    description: textColumn('description'),
    status: enumColumn('status', EnvironmentStatusEnum),
    revision: integerColumn('revision'),
    createdAt: timestampColumn('created_at'),
    updatedAt: timestampColumn('updated_at'),
    deletedAt: timestampColumn('deleted_at'),
    owner: one(() => userReadable, 'owner_id'),
  },
};

const seenBy: Record<EnvironmentSight, (userId: string, bind: Bind) => string[]> = {
  all: () => [],
  'own-and-published': (userId, bind) => [`(t.owner_id = ${bind(userId)} or t.status = 'published')`],
  own: (userId, bind) => [`t.owner_id = ${bind(userId)}`],
  none: () => ['false'],
};

/** What of the environments that are not deleted the actor may see; null without an organization. */
function existingFor({ userId, membership, ...actor }: UserActor, bind: Bind): string[] | null {
  if (!membership) return null;
  const sight = environmentSight({ ...actor, userId, membership }, { deleted: false });
  return ['t.deleted_at is null', ...seenBy[sight](userId, bind)];
}

const maxStatuses = Object.keys(EnvironmentStatusEnum).length;

/** The queries of `environment.queries.ts` for the fast lane. */
export const environmentReads: ReadableRoot[] = [
  {
    field: 'environments',
    type: environmentReadable,
    shape: 'connection',
    within: 'organization',
    conditions({ actor, args, bind }) {
      const { statuses, mine, deleted } = (args['filter'] ?? {}) as EnvironmentFilter;
      // The deleted ones have no index, and the lane does not wait.
      if (deleted || (statuses && statuses.length > maxStatuses)) return null;
      const existing = existingFor(actor, bind);
      return (
        existing && [
          ...existing,
          ...(mine ? [`t.owner_id = ${bind(actor.userId)}`] : []),
          ...(statuses?.length ? [`t.status = any(${bind(`{${statuses.join(',')}}`)})`] : []),
        ]
      );
    },
  },
  {
    field: 'environment',
    type: environmentReadable,
    shape: 'one',
    within: 'organization',
    conditions({ actor, args, bind }) {
      const existing = existingFor(actor, bind);
      return existing && [`t.id = ${bind(args['id'] as string)}`, ...existing];
    },
  },
];
