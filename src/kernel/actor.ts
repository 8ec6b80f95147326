import { OrganizationRequiredError, UnauthenticatedError } from './errors.js';

/** What a person may do in one organization, from most to least. */
export const roles = ['owner', 'admin', 'member', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** The organization that an actor is working in, as their access token says. */
export interface ActiveMembership {
  orgId: string;
  role: Role;
  /** Counts the changes of this membership; a token that carries an older one is refused. */
  version: number;
}

export interface AnonymousActor {
  kind: 'anonymous';
}

export interface UserActor {
  kind: 'user';
  userId: string;
  sessionId: string;
  platformAdmin: boolean;
  membership: ActiveMembership | null;
}

/** Our own work on nobody's behalf: consumers, jobs, start-up. */
export interface SystemActor {
  kind: 'system';
  name: string;
}

export type Actor = AnonymousActor | UserActor | SystemActor;

/** A signed-in person with an organization active. */
export type MemberActor = UserActor & { membership: ActiveMembership };

export const anonymous: AnonymousActor = { kind: 'anonymous' };

export function systemActor(name: string): SystemActor {
  return { kind: 'system', name };
}

/** @throws UnauthenticatedError for anyone who is not signed in. */
export function requireUser(actor: Actor): UserActor {
  if (actor.kind !== 'user') throw new UnauthenticatedError();
  return actor;
}

/** @throws UnauthenticatedError or OrganizationRequiredError. */
export function requireMember(actor: Actor): MemberActor {
  const user = requireUser(actor);
  if (!user.membership) throw new OrganizationRequiredError();
  return user as MemberActor;
}

/** Whether the role is at least as strong as the other. */
export function roleAtLeast(role: Role, least: Role): boolean {
  return roles.indexOf(role) <= roles.indexOf(least);
}
