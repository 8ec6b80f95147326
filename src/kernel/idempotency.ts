import { createHash } from 'node:crypto';
import type { TransactionContext } from './context.js';
import { IdempotencyKey } from './database/idempotency-key.entity.js';
import { IdempotencyKeyReusedError, InvalidInputError } from './errors.js';
import { deterministicId } from './ids.js';

const keptHours = 72;
const maxKeyLength = 255;

export interface IdempotentWrite<T, K extends object> {
  /** The mutation's name: a key is for one operation of one actor. */
  operation: string;
  key: string | null | undefined;
  /** What was asked, without the key; a repeat with other input is a conflict. */
  input: object;
  /** Whose memory: the organization's, or the account's own for what happens outside any. */
  keptFor: 'organization' | 'account';
  work: () => Promise<T>;
  /** The answer as plain JSON, to be kept. */
  encode: (answer: T) => K;
  /** The same answer from what was kept. */
  decode: (kept: K) => T;
}

/** Equal inputs give equal text, whatever the order of their keys. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function hashInput(input: object): string {
  return createHash('sha256').update(canonicalJson(input)).digest('base64url');
}

function ownerOf(ctx: TransactionContext, keptFor: 'organization' | 'account'): string {
  const owner = keptFor === 'organization' ? ctx.orgId : ctx.actor.kind === 'user' ? ctx.actor.userId : null;
  if (owner === null)
    throw new Error(`An idempotency key has to belong to an ${keptFor}, and there is none.`);
  return owner;
}

/**
 * Runs a write once for each key: the first answer is kept for 72 hours with the write itself, and a repeat
 * gets it again. Two at once wait for each other on the key's row. Without a key it just runs.
 * @throws IdempotencyKeyReusedError when the key was used with other input.
 */
export async function idempotently<T, K extends object>(
  ctx: TransactionContext,
  write: IdempotentWrite<T, K>,
): Promise<T> {
  const { key } = write;
  if (key == null) return write.work();
  if (key.length === 0 || key.length > maxKeyLength) {
    throw InvalidInputError.field('input.idempotencyKey', `must have 1 to ${maxKeyLength} characters`);
  }
  const actorId = ctx.actor.kind === 'user' ? ctx.actor.userId : ctx.actor.kind;
  const orgId = ownerOf(ctx, write.keptFor);
  const id = deterministicId(actorId, write.operation, key);
  const inputHash = hashInput(write.input);
  const now = ctx.clock.now();

  await ctx.em.nativeDelete(
    IdempotencyKey,
    { orgId, id, expiresAt: { $lte: now } },
    { filters: { org: false } },
  );
  const inserted = await ctx.em.execute<{ id: string }[]>(
    `insert into idempotency_key (org_id, id, operation, input_hash, answer, expires_at)
     values (?, ?, ?, ?, '{}', ?) on conflict do nothing returning id`,
    [orgId, id, write.operation, inputHash, new Date(now.getTime() + keptHours * 3_600_000)],
  );
  if (inserted.length === 0) {
    const kept = await ctx.em.findOneOrFail(IdempotencyKey, { orgId, id }, { filters: { org: false } });
    if (kept.inputHash !== inputHash) throw new IdempotencyKeyReusedError();
    return write.decode(kept.answer as K);
  }
  const answer = await write.work();
  await ctx.em.flush();
  const update = { answer: write.encode(answer) };
  await ctx.em.nativeUpdate(IdempotencyKey, { orgId, id }, update, { filters: { org: false } });
  return answer;
}
