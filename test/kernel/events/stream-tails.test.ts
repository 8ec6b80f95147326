import { v7 } from 'uuid';
import type { Infrastructure } from '../../../src/app/infrastructure.js';
import { createInProcessBus, type Bus } from '../../../src/kernel/events/bus.js';
import type { EventLog } from '../../../src/kernel/events/event-log.js';
import { createStreamTails, type StreamTails } from '../../../src/kernel/events/stream-tails.js';
import { waitFor } from '../../support/wait-for.js';
import { createEventWorld, emit, numberOf, quiet, upTo, type EventWorld } from './event-world.js';

describe('the tails of streams', () => {
  let world: EventWorld;
  let node: Infrastructure;
  let bus: Bus;
  let tails: StreamTails;
  let reads: number;
  let failNext = false;
  let epochOffset: number;
  let headOffset: bigint;
  let sinces: (Date | undefined)[];
  beforeAll(async () => {
    world = await createEventWorld();
    node = await world.node();
    world.relay(node).start();
  });
  afterAll(() => world.close());
  beforeEach(() => {
    reads = 0;
    epochOffset = 0;
    headOffset = 0n;
    sinces = [];
    failNext = false;
    bus = createInProcessBus();
    const failWhenAsked = () => {
      if (!failNext) return;
      failNext = false;
      throw new Error('the database is away');
    };
    const eventLog: EventLog = {
      ...node.eventLog,
      epoch: async () => (await node.eventLog.epoch()) + epochOffset,
      state: async (stream) => {
        failWhenAsked();
        const { head, trimmed } = await node.eventLog.state(stream);
        return { head: head + headOffset, trimmed };
      },
      read: async (...range) => {
        failWhenAsked();
        sinces.push(range[3]);
        const events = await node.eventLog.read(...range);
        if (events.length > 0) reads += 1;
        return events;
      },
    };
    tails = createStreamTails({ bus, eventLog, log: quiet });
  });
  afterEach(() => tails.stop());

  async function publish(orgId: string, numbers: number[]): Promise<void> {
    const { head } = await node.eventLog.state(orgId);
    await emit(node, orgId, numbers);
    const reached = head + BigInt(numbers.length);
    await waitFor(async () => (await node.eventLog.state(orgId)).head === reached);
  }

  const hint = (orgId: string) => bus.publish([{ orgId, position: 0n }]);

  async function collect(orgId: string) {
    const numbers: number[] = [];
    const off = await tails.listen(orgId, (event) => numbers.push(numberOf(event)));
    return { numbers, off };
  }

  it('give what is published from now on, in order, and nothing of before', async () => {
    const orgId = v7();
    await publish(orgId, [1, 2]);
    const { numbers } = await collect(orgId);
    await publish(orgId, [3, 4]);
    await publish(orgId, [5]);
    await hint(orgId);
    await waitFor(() => numbers.length === 3);
    expect(numbers).toEqual([3, 4, 5]);
  });

  it('read each event once, however many listen', async () => {
    const orgId = v7();
    const listeners = await Promise.all(upTo(50).map(() => collect(orgId)));
    await publish(orgId, upTo(20));
    await hint(orgId);
    await waitFor(() => listeners.every(({ numbers }) => numbers.length === 20));
    for (const { numbers } of listeners) expect(numbers).toEqual(upTo(20));
    expect(reads).toBe(1);
  });

  it('make a burst of hints one read, and one more for what came meanwhile', async () => {
    const orgId = v7();
    const { numbers } = await collect(orgId);
    await publish(orgId, [1]);
    for (let index = 0; index < 100; index += 1) await hint(orgId);
    await waitFor(() => numbers.length === 1);
    await publish(orgId, [2]);
    await hint(orgId);
    await waitFor(() => numbers.length === 2);
    expect(reads).toBe(2);
  });

  it('arrive within the poll when the hint was lost', async () => {
    const orgId = v7();
    const { numbers } = await collect(orgId);
    await publish(orgId, [1, 2, 3]);
    await waitFor(() => numbers.length === 3, { timeoutMs: 3000 });
    expect(numbers).toEqual([1, 2, 3]);
  });

  it('go on after a failed read without a gap', async () => {
    const orgId = v7();
    const { numbers } = await collect(orgId);
    await publish(orgId, [1]);
    failNext = true;
    await hint(orgId);
    await waitFor(() => !failNext);
    await publish(orgId, [2]);
    await hint(orgId);
    await waitFor(() => numbers.length === 2);
    expect(numbers).toEqual([1, 2]);
  });

  it('read everything anew when the bus has lost its connection', async () => {
    const orgId = v7();
    const lossy = createInProcessBus();
    let resync: () => void = () => undefined;
    const withResync: Bus = { ...lossy, onResync: (listener) => ((resync = listener), () => undefined) };
    const withoutPoll = { ...node.eventLog, heads: () => Promise.resolve(new Map<string, bigint>()) };
    const other = createStreamTails({ bus: withResync, eventLog: withoutPoll, log: quiet });
    const numbers: number[] = [];
    await other.listen(orgId, (event) => numbers.push(numberOf(event)));
    await publish(orgId, [1]);
    resync();
    await waitFor(() => numbers.length === 1);
    other.stop();
  });

  it('leave nobody behind: who stops listening hears nothing, and a stream without listeners is not read', async () => {
    const orgId = v7();
    const [staying, leaving] = [await collect(orgId), await collect(orgId)];
    leaving.off();
    await publish(orgId, [1]);
    await hint(orgId);
    await waitFor(() => staying.numbers.length === 1);
    staying.off();
    await publish(orgId, [2]);
    await hint(orgId);
    const { numbers } = await collect(orgId);
    await publish(orgId, [3]);
    await hint(orgId);
    await waitFor(() => numbers.length === 1);
    expect([leaving.numbers, staying.numbers, numbers]).toEqual([[], [1], [3]]);
    expect(reads).toBe(2);
  });

  it('tell the others of an event that one listener fails on, and go on', async () => {
    const orgId = v7();
    await tails.listen(orgId, () => {
      throw new Error('this listener is broken');
    });
    const { numbers } = await collect(orgId);
    await publish(orgId, [1]);
    await hint(orgId);
    await waitFor(() => numbers.length === 1);
    await publish(orgId, [2]);
    await hint(orgId);
    await waitFor(() => numbers.length === 2);
    expect(numbers).toEqual([1, 2]);
  });

  it('read only the days since the last event that they told', async () => {
    const orgId = v7();
    const { numbers } = await collect(orgId);
    for (const n of [1, 2]) {
      await publish(orgId, [n]);
      await hint(orgId);
      await waitFor(() => numbers.length === n);
    }
    expect(sinces[0]).toBeUndefined();
    const day = 24 * 3600 * 1000;
    expect(Math.abs(Date.now() - day - (sinces.at(-1)?.getTime() ?? 0))).toBeLessThan(60_000);
  });

  describe('of a log that is restored or fails over', () => {
    it('go on at the head of what it holds now, and say so once', async () => {
      const orgId = v7();
      await publish(orgId, [1, 2]);
      const { numbers } = await collect(orgId);
      let restored = 0;
      tails.onRestored(() => void (restored += 1));
      // As after a restore of a backup: other events stand at the positions that are to come.
      epochOffset += 1;
      headOffset = -1n;
      await waitFor(() => restored === 1, { timeoutMs: 3000 });
      headOffset = 0n;
      await hint(orgId);
      await waitFor(() => numbers.length === 1, { timeoutMs: 3000 });
      expect(numbers).toEqual([2]);
      await publish(orgId, [3]);
      await waitFor(() => numbers.length === 2, { timeoutMs: 3000 });
      expect([numbers, restored]).toEqual([[2, 3], 1]);
    });

    it('say so again until everybody has coped with it', async () => {
      await collect(v7());
      let calls = 0;
      tails.onRestored(() => {
        calls += 1;
        return calls === 1 ? Promise.reject(new Error('the database is away')) : Promise.resolve();
      });
      epochOffset += 1;
      await waitFor(() => calls === 2, { timeoutMs: 4000 });
    });
  });

  it('refuse to begin when the log cannot be read, and can be asked again', async () => {
    const orgId = v7();
    failNext = true;
    await expect(collect(orgId)).rejects.toThrow('the database is away');
    const { numbers } = await collect(orgId);
    await publish(orgId, [1]);
    await hint(orgId);
    await waitFor(() => numbers.length === 1);
  });
});
