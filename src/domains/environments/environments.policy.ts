import { roleAtLeast, type MemberActor } from '../../kernel/actor.js';
import type { EnvironmentStatus } from './environment.entity.js';

/** What the rules look at. */
export interface EnvironmentFacts {
  ownerId: string;
  status: EnvironmentStatus;
}

export function canCreateEnvironment(actor: MemberActor): boolean {
  return roleAtLeast(actor.membership.role, 'member');
}

/** Owners and admins see everything; everybody sees their own, and what is published. */
export function canSeeEnvironment(actor: MemberActor, { ownerId, status }: EnvironmentFacts): boolean {
  return canSeeAllEnvironments(actor) || ownerId === actor.userId || status === 'published';
}

export function canSeeAllEnvironments(actor: MemberActor): boolean {
  return roleAtLeast(actor.membership.role, 'admin');
}

/** Editing, publishing, archiving, deleting and restoring. */
export function canChangeEnvironment(actor: MemberActor, { ownerId }: EnvironmentFacts): boolean {
  if (canSeeAllEnvironments(actor)) return true;
  return ownerId === actor.userId && canCreateEnvironment(actor);
}
