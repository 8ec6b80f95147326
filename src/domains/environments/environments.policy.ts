import { roleAtLeast, type MemberActor } from '../../kernel/actor.js';
import type { Environment, EnvironmentStatus } from './environment.entity.js';

/** What the rules look at. */
export interface EnvironmentFacts {
  ownerId: string;
  status: EnvironmentStatus;
  deleted: boolean;
}

export function factsOf({ owner, status, deletedAt }: Environment): EnvironmentFacts {
  return { ownerId: owner.id, status, deleted: deletedAt != null };
}

export function canCreateEnvironment(actor: MemberActor): boolean {
  return roleAtLeast(actor.membership.role, 'member');
}

/** How many of the organization's environments an actor sees. */
export type EnvironmentSight = 'all' | 'own-and-published' | 'own' | 'none';

/**
 * The rule of who sees what; lists are made of it, too. Owners and admins see everything; everybody sees their
 * own, and what is published. What is deleted is there only for those who may restore it.
 */
export function environmentSight(actor: MemberActor, { deleted }: { deleted: boolean }): EnvironmentSight {
  if (managesEnvironments(actor)) return 'all';
  if (!deleted) return 'own-and-published';
  return canCreateEnvironment(actor) ? 'own' : 'none';
}

export function canSeeEnvironment(actor: MemberActor, facts: EnvironmentFacts): boolean {
  const own = facts.ownerId === actor.userId;
  const seen: Record<EnvironmentSight, boolean> = {
    all: true,
    'own-and-published': own || facts.status === 'published',
    own,
    none: false,
  };
  return seen[environmentSight(actor, facts)];
}

/** Editing, publishing, archiving, deleting, and bringing back. */
export function canChangeEnvironment(
  actor: MemberActor,
  { ownerId }: Pick<EnvironmentFacts, 'ownerId'>,
): boolean {
  if (managesEnvironments(actor)) return true;
  return ownerId === actor.userId && canCreateEnvironment(actor);
}

function managesEnvironments(actor: MemberActor): boolean {
  return roleAtLeast(actor.membership.role, 'admin');
}
