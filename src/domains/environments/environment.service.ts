import { LockMode, type EntityData } from '@mikro-orm/core';
import { requireMember, type MemberActor } from '../../kernel/actor.js';
import type { Context, TransactionContext } from '../../kernel/context.js';
import { EditConflictError, ForbiddenError, NotFoundError } from '../../kernel/errors.js';
import type { EventDefinition } from '../../kernel/events/event.js';
import { idempotently } from '../../kernel/idempotency.js';
import { Environment, type EnvironmentStatus } from './environment.entity.js';
import { WrongStatusError } from './environments.errors.js';
import {
  environmentArchived,
  environmentCreated,
  environmentDeleted,
  environmentPublished,
  environmentRestored,
  environmentUnarchived,
  environmentUpdated,
} from './environments.events.js';
import {
  canChangeEnvironment,
  canCreateEnvironment,
  canSeeEnvironment,
  factsOf,
} from './environments.policy.js';

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
  idempotencyKey?: string | undefined;
}

export type EnvironmentService = ReturnType<typeof createEnvironmentService>;

/** Commands on the environments of the active organization. All throw NotFoundError and ForbiddenError. */
export function createEnvironmentService() {
  return {
    create: createEnvironment,
    update: updateEnvironment,
    publish: publishEnvironment,
    archive: archiveEnvironment,
    unarchive: unarchiveEnvironment,
    delete: deleteEnvironment,
    restore: restoreEnvironment,
  };
}

type ChangeEvent = EventDefinition<ReturnType<typeof environmentCreated.parse>>;

/** Creates a draft that belongs to the caller. */
async function createEnvironment(ctx: Context, input: CreateEnvironmentInput): Promise<Environment> {
  const actor = requireMember(ctx.actor);
  if (!canCreateEnvironment(actor)) throw new ForbiddenError('Viewers do not create environments.');
  const { idempotencyKey, ...asked } = input;
  return ctx.transaction((tx) =>
    idempotently(tx, {
      operation: 'createEnvironment',
      key: idempotencyKey,
      input: asked,
      keptFor: 'organization',
      work: () => Promise.resolve(createDraft(tx, actor, asked)),
      ...keptEnvironment(tx),
    }),
  );
}

function createDraft(
  tx: TransactionContext,
  { userId, membership }: MemberActor,
  { name, description = '' }: CreateEnvironmentInput,
): Environment {
  const now = tx.clock.now();
  const environment = tx.em.create(Environment, {
    orgId: membership.orgId,
    id: tx.ids.next(),
    owner: userId,
    name,
    description,
    status: 'draft',
    statusBeforeArchive: null,
    revision: 1,
    createdAt: now,
    updatedAt: now,
    deletedAt: null,
  });
  emitChange(tx, environmentCreated, environment, null);
  return environment;
}

/**
 * Edits name or description. With an idempotency key a repeat gives the first answer again; without one it is
 * an edit of its own. @throws EditConflictError when somebody edited it in between, WrongStatusError when it is
 * deleted.
 */
function updateEnvironment(ctx: Context, input: UpdateEnvironmentInput): Promise<Environment> {
  const actor = requireMember(ctx.actor);
  const { idempotencyKey, ...asked } = input;
  return ctx.transaction((tx) =>
    idempotently(tx, {
      operation: 'updateEnvironment',
      key: idempotencyKey,
      input: asked,
      keptFor: 'organization',
      work: () => change(tx, actor, asked.id, environmentUpdated, (environment) => edit(environment, asked)),
      ...keptEnvironment(tx),
    }),
  );
}

function edit(environment: Environment, asked: UpdateEnvironmentInput): boolean {
  assertNotDeleted(environment);
  if (environment.revision !== asked.expectedRevision) {
    throw EditConflictError.of('Environment', environment.id, environment.revision);
  }
  const { name, description } = environment;
  environment.name = asked.name ?? name;
  environment.description = asked.description ?? description;
  return environment.name !== name || environment.description !== description;
}

/** Shows a draft to the whole organization. Repeating it changes nothing. @throws WrongStatusError */
function publishEnvironment(ctx: Context, id: string): Promise<Environment> {
  return runChange(ctx, id, environmentPublished, (environment) => {
    assertNotDeleted(environment);
    if (environment.status === 'archived') throw WrongStatusError.of(id, 'archived', 'unarchive it first');
    if (environment.status === 'published') return false;
    environment.status = 'published';
    return true;
  });
}

/** Puts it away without losing anything. Repeating it changes nothing. @throws WrongStatusError */
function archiveEnvironment(ctx: Context, id: string): Promise<Environment> {
  return runChange(ctx, id, environmentArchived, (environment) => {
    assertNotDeleted(environment);
    if (environment.status === 'archived') return false;
    environment.statusBeforeArchive = environment.status;
    environment.status = 'archived';
    return true;
  });
}

/** Brings it back from the archive, as it was. Repeating it changes nothing. @throws WrongStatusError */
function unarchiveEnvironment(ctx: Context, id: string): Promise<Environment> {
  return runChange(ctx, id, environmentUnarchived, (environment) => {
    assertNotDeleted(environment);
    if (environment.status !== 'archived') return false;
    environment.status = environment.statusBeforeArchive ?? 'draft';
    environment.statusBeforeArchive = null;
    return true;
  });
}

/** Deletes it, so that it can be restored and audited. Repeating it changes nothing. */
function deleteEnvironment(ctx: Context, id: string): Promise<Environment> {
  return runChange(ctx, id, environmentDeleted, (environment) => {
    if (environment.deletedAt) return false;
    environment.deletedAt = ctx.clock.now();
    return true;
  });
}

/** Brings it back from deletion, as it was: an archived one is archived. Repeating it changes nothing. */
function restoreEnvironment(ctx: Context, id: string): Promise<Environment> {
  return runChange(ctx, id, environmentRestored, (environment) => {
    if (!environment.deletedAt) return false;
    environment.deletedAt = null;
    return true;
  });
}

/** Says whether it changed anything. */
type Change = (environment: Environment) => boolean;

function runChange(ctx: Context, id: string, event: ChangeEvent, apply: Change): Promise<Environment> {
  const actor = requireMember(ctx.actor);
  return ctx.transaction((tx) => change(tx, actor, id, event, apply));
}

/** Changes one environment under its lock, counts the revision and tells everybody. */
async function change(
  tx: TransactionContext,
  actor: MemberActor,
  id: string,
  event: ChangeEvent,
  apply: Change,
): Promise<Environment> {
  const environment = await lockForChange(tx, actor, id);
  const statusBefore = environment.status;
  if (!apply(environment)) return environment;
  environment.revision += 1;
  environment.updatedAt = tx.clock.now();
  emitChange(tx, event, environment, statusBefore);
  return environment;
}

/** Loads and locks what the caller may change; what they may not see does not exist for them. */
async function lockForChange(tx: TransactionContext, actor: MemberActor, id: string): Promise<Environment> {
  const environment = await tx.em.findOne(Environment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const facts = environment && factsOf(environment);
  if (!facts || !canSeeEnvironment(actor, facts)) throw NotFoundError.of('environment', id);
  if (!canChangeEnvironment(actor, facts)) {
    throw new ForbiddenError(`Environment ${id} belongs to somebody else. Ask its owner or an admin.`);
  }
  return environment;
}

function assertNotDeleted({ id, deletedAt }: Environment): void {
  if (deletedAt) throw WrongStatusError.of(id, 'deleted', 'restore it first');
}

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

/** How an answer is kept for repeats. */
function keptEnvironment(tx: TransactionContext) {
  return {
    encode: (environment: Environment): EntityData<Environment> => ({
      ...environment,
      owner: environment.owner.id,
    }),
    decode: (kept: EntityData<Environment>) => tx.em.merge(Environment, kept),
  };
}
