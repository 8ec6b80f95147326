import { z } from 'zod';
import { defineEvent } from '../../kernel/events/event.js';

const id = z.uuid();

/** A verification mail is due: after a registration, or because it was asked for again. */
export const verificationRequested = defineEvent(
  'account.verification-requested.v1',
  z.object({ registrationId: id }),
);

/** Somebody registered with an address that already has an account. */
export const registrationRepeated = defineEvent(
  'account.registration-repeated.v1',
  z.object({ accountId: id }),
);

export const accountVerified = defineEvent('account.verified.v1', z.object({ accountId: id }));

export const sessionStarted = defineEvent('session.started.v1', z.object({ sessionId: id }));

export const sessionEnded = defineEvent(
  'session.ended.v1',
  z.object({ sessionId: id, reason: z.enum(['signed-out', 'ended-by-user', 'refresh-token-reused']) }),
);

/**
 * Access tokens issued so far stop being valid on every node: those of a session, or those that an account
 * holds for an organization and that carry an older version of its membership.
 */
export const accessRevoked = defineEvent(
  'access.revoked.v1',
  z.object({
    sessionId: id.optional(),
    membership: z.object({ userId: id, orgId: id, version: z.int() }).optional(),
  }),
);
