import { v7 } from 'uuid';
import { z } from 'zod';
import { defineConsumer } from '../../../src/kernel/events/consumer.js';
import { defineEvent, type StoredEvent } from '../../../src/kernel/events/event.js';

const opened = defineEvent('door.opened.v1', z.object({ doorId: z.uuid() }));

function stored(payload: unknown): StoredEvent {
  const ids = { orgId: v7(), id: v7(), subjectId: v7(), userId: null, actorId: null };
  return {
    ...ids,
    type: opened.type,
    audience: 'org',
    payload,
    occurredAt: new Date(),
    position: 1n,
    publishedAt: null,
  };
}

describe('an event definition', () => {
  it.each(['opened', 'door.opened', 'Door.opened.v1', 'door.opened.v', 'door.opened.v1.v2', 'door..v1', ''])(
    'refuses the name %p',
    (type) => {
      expect(() => defineEvent(type, z.object({}))).toThrow('is not of the form');
    },
  );

  it('addresses the organization unless told otherwise', () => {
    const doorId = v7();
    const event = { orgId: v7(), subjectId: doorId, payload: { doorId } };
    expect(opened(event)).toEqual({ ...event, type: 'door.opened.v1', audience: { kind: 'org' } });
    const audience = { kind: 'user', userId: v7() } as const;
    expect(opened({ ...event, audience }).audience).toEqual(audience);
  });

  it('refuses to emit a payload with a field that it does not declare', () => {
    const payload = { doorId: v7(), openedBy: 'anna@example.com' };
    expect(() => opened({ orgId: v7(), subjectId: v7(), payload })).toThrow('openedBy');
  });

  it('refuses to emit a payload of the wrong shape', () => {
    expect(() => opened({ orgId: v7(), subjectId: v7(), payload: { doorId: 'front' } })).toThrow('doorId');
  });

  it('reads a stored payload that a later release gave more fields', () => {
    const doorId = v7();
    expect(opened.parse(stored({ doorId, angle: 90 }))).toEqual({ doorId });
  });

  it('does not read a stored payload of another shape', () => {
    expect(() => opened.parse(stored({ door: v7() }))).toThrow();
  });
});

describe('a consumer', () => {
  it('gets the payload parsed, and is not called with one of another shape', async () => {
    const seen: unknown[] = [];
    const consumer = defineConsumer('door.count', opened, (_ctx, { payload }) => {
      seen.push(payload);
      return Promise.resolve();
    });
    const doorId = v7();
    expect(consumer.eventTypes).toEqual(['door.opened.v1']);
    await consumer.handle({} as never, stored({ doorId, extra: 1 }));
    expect(() => consumer.handle({} as never, stored({}))).toThrow();
    expect(seen).toEqual([{ doorId }]);
  });
});
