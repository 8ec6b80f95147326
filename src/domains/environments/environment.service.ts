import { LockMode, type EntityData } from '@mikro-orm/core';
import { requireMember, type MemberActor } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { EditConflictError, ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import type { EventDefinition } from '../../kernel/events/event.js';
import { idempotently } from '../../kernel/idempotency.js';
import { Account } from '../accounts/index.js';
import { Environment, type EnvironmentStatus } from './environment.entity.js';
import { WrongStatusError } from './environments.errors.js';
import {
  environmentArchived,
  environmentCreated,
  environmentDeleted,
  environmentPublished,
  environmentRestored,
  environmentUpdated,
} from './environments.events.js';
import { canChangeEnvironment, canCreateEnvironment, canSeeEnvironment } from './environments.policy.js';

export interface CreateEnvironmentInput {
  name: string;
  description?: string | undefined;
  idempotencyKey?: string | undefined;
}

export interface UpdateEnvironmentInput {
  id: string;
  /** The revision that the edit was made on. */
  expectedRevision: number;
  name?: string | undefined;
  description?: string | undefined;
}

type ChangeEvent = EventDefinition<ReturnType<typeof environmentCreated.parse>>;

function emitChange(
  tx: TransactionContext,
  event: ChangeEvent,
  environment: Environment,
  statusBefore: EnvironmentStatus | null,
): void {
  const { orgId, id, owner, revision, status } = environment;
  const payload = { environmentId: id, ownerId: owner.id, revision, status, statusBefore };
  tx.emit(event({ orgId, subjectId: id, payload }));
}

/** Loads and locks what the caller may change; what they may not see does not exist for them. */
async function lockForChange(tx: TransactionContext, actor: MemberActor, id: string): Promise<Environment> {
  const environment = await tx.em.findOne(Environment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const facts = environment && { ownerId: environment.owner.id, status: environment.status };
  if (!environment || !facts || !canSeeEnvironment(actor, facts)) throw NotFoundError.of('environment', id);
  if (!canChangeEnvironment(actor, facts)) {
    throw new ForbiddenError(`Environment ${id} belongs to somebody else. Ask its owner or an admin.`);
  }
  return environment;
}

function assertNotDeleted({ id, deletedAt }: Environment): void {
  if (deletedAt) throw WrongStatusError.of(id, 'deleted', 'restore it first');
}

/** Runs a change of one environment under its lock, counts the revision and tells everybody. */
function change(ctx: Context, id: string, event: ChangeEvent, apply: (environment: Environment) => boolean) {
  const actor = requireMember(ctx.actor);
  return ctx.transaction(async (tx) => {
    const environment = await lockForChange(tx, actor, id);
    const statusBefore = environment.status;
    if (!apply(environment)) return environment;
    environment.revision += 1;
    environment.updatedAt = tx.clock.now();
    emitChange(tx, event, environment, statusBefore);
    return environment;
  });
}

/** Commands on the environments of the active organization. All throw NotFoundError and ForbiddenError. */
export const environmentService = {
  /** Creates a draft that belongs to the caller. */
  async create(ctx: Context, input: CreateEnvironmentInput): Promise<Environment> {
    const actor = requireMember(ctx.actor);
    if (!canCreateEnvironment(actor)) throw new ForbiddenError('Viewers do not create environments.');
    const { idempotencyKey, ...asked } = input;
    return ctx.transaction((tx) =>
      idempotently(tx, {
        operation: 'createEnvironment',
        key: idempotencyKey,
        input: asked,
        keptFor: 'organization',
        work: async () => {
          const now = tx.clock.now();
          const environment = tx.em.create(Environment, {
            orgId: actor.membership.orgId,
            id: tx.ids.next(),
            owner: tx.em.getReference(Account, actor.userId),
            name: input.name,
            description: input.description ?? '',
            status: 'draft',
            statusBeforeArchive: null,
            revision: 1,
            createdAt: now,
            updatedAt: now,
            deletedAt: null,
          });
          emitChange(tx, environmentCreated, environment, null);
          return Promise.resolve(environment);
        },
        encode: (environment) => keepEnvironment(environment),
        decode: (kept) => tx.em.merge(Environment, kept),
      }),
    );
  },

  /** @throws EditConflictError when somebody edited it in between, WrongStatusError when it is deleted. */
  update(
    ctx: Context,
    { id, expectedRevision, name, description }: UpdateEnvironmentInput,
  ): Promise<Environment> {
    return change(ctx, id, environmentUpdated, (environment) => {
      assertNotDeleted(environment);
      if (environment.revision !== expectedRevision) {
        throw EditConflictError.of('Environment', id, environment.revision);
      }
      const unchanged = (name ?? environment.name) === environment.name;
      if (unchanged && (description ?? environment.description) === environment.description) return false;
      environment.name = name ?? environment.name;
      environment.description = description ?? environment.description;
      return true;
    });
  },

  /** Shows a draft to the whole organization. Repeating it changes nothing. @throws WrongStatusError */
  publish(ctx: Context, id: string): Promise<Environment> {
    return change(ctx, id, environmentPublished, (environment) => {
      assertNotDeleted(environment);
      if (environment.status === 'archived') throw WrongStatusError.of(id, 'archived', 'restore it first');
      if (environment.status === 'published') return false;
      environment.status = 'published';
      return true;
    });
  },

  /** Puts it away without losing anything. Repeating it changes nothing. @throws WrongStatusError */
  archive(ctx: Context, id: string): Promise<Environment> {
    return change(ctx, id, environmentArchived, (environment) => {
      assertNotDeleted(environment);
      if (environment.status === 'archived') return false;
      environment.statusBeforeArchive = environment.status;
      environment.status = 'archived';
      return true;
    });
  },

  /** Deletes it, so that it can be restored and audited. Repeating it changes nothing. */
  delete(ctx: Context, id: string): Promise<Environment> {
    return change(ctx, id, environmentDeleted, (environment) => {
      if (environment.deletedAt) return false;
      environment.deletedAt = ctx.clock.now();
      return true;
    });
  },

  /** Brings it back: from deletion as it was, else from the archive. Repeating it changes nothing. */
  restore(ctx: Context, id: string): Promise<Environment> {
    return change(ctx, id, environmentRestored, (environment) => {
      if (environment.deletedAt) {
        environment.deletedAt = null;
        return true;
      }
      if (environment.status !== 'archived') return false;
      environment.status = environment.statusBeforeArchive ?? 'draft';
      environment.statusBeforeArchive = null;
      return true;
    });
  },
};

function keepEnvironment(environment: Environment): EntityData<Environment> {
  return { ...environment, owner: environment.owner.id };
}
