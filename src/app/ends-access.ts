import type { Actor } from '../kernel/actor.js';
import type { FeedEntry } from '../kernel/events/feed-entry.js';
import { membershipRemoved, membershipRoleChanged } from '../domains/organizations/organizations.events.js';

/**
 * Whether the entry says that the reader's membership is not what their token says any more. The revocation
 * says so as well, but in another stream, which may be published later: what stands behind the change in the
 * organization's own stream must not be delivered until then.
 */
export function endsAccess(actor: Actor, entry: FeedEntry): boolean {
  if (entry.kind === 'gap' || actor.kind !== 'user' || !actor.membership) return false;
  const { event } = entry;
  const definition = [membershipRemoved, membershipRoleChanged].find(({ type }) => type === event.type);
  if (!definition || event.orgId !== actor.membership.orgId) return false;
  const { userId, version } = definition.parse(event);
  return userId === actor.userId && version > actor.membership.version;
}
