import type { z } from 'zod';

/**
 * Who may receive an event: everyone whom the projection's policy admits in its organization, one account
 * wherever it is signed in, or only our own consumers.
 */
export type Audience = { kind: 'org' } | { kind: 'user'; userId: string } | { kind: 'system' };

/** An event as a command emits it; the transaction adds id, time and actor. */
export interface EmittedEvent<P = unknown> {
  /** The stream: an organization, or `PLATFORM_ORG_ID`. */
  orgId: string;
  type: string;
  audience: Audience;
  /** The thing that changed; its events keep their order. */
  subjectId: string;
  payload: P;
}

/** An event as the log keeps it. */
export interface StoredEvent<P = unknown> {
  orgId: string;
  id: string;
  type: string;
  audience: Audience['kind'];
  userId: string | null;
  subjectId: string;
  actorId: string | null;
  payload: P;
  occurredAt: Date;
  /** Dense within the stream, from 1; null until published. */
  position: bigint | null;
  /** By the relay; does not run backwards within a stream unless the database's clock does. */
  publishedAt: Date | null;
}

/** The declaration of one kind of event: its versioned name and the shape of its payload. */
export interface EventDefinition<P> {
  readonly type: string;
  /** Checks the payload and gives the event to pass to `ctx.emit`. */
  (event: { orgId: string; subjectId: string; audience?: Audience; payload: P }): EmittedEvent<P>;
  /** The payload of a stored event of this type. @throws ZodError when the row is not of this shape. */
  parse(event: StoredEvent): P;
}

const typePattern = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v\d+$/;

/**
 * Declares an event, for example `defineEvent('environment.created.v1', z.object({...}))`. Names are in the
 * past tense with a version. Payloads hold ids and no personal data, so that erasure and retention hold.
 */
export function defineEvent<S extends z.ZodObject>(type: string, schema: S): EventDefinition<z.infer<S>> {
  if (!typePattern.test(type)) throw new Error(`Event type ${type} is not of the form noun.verb-past.v1.`);
  const strict = schema.strict();
  const build = (event: { orgId: string; subjectId: string; audience?: Audience; payload: z.infer<S> }) => ({
    orgId: event.orgId,
    type,
    audience: event.audience ?? ({ kind: 'org' } as const),
    subjectId: event.subjectId,
    payload: strict.parse(event.payload) as z.infer<S>,
  });
  return Object.assign(build, {
    type,
    parse: (event: StoredEvent) => schema.parse(event.payload),
  });
}
