import { runOutboxChaos, violationsOf } from './outbox/chaos.js';

describe('the outbox while workers are killed and sockets are cut', () => {
  it('publishes every event once and in order, runs each consumer once, and shows each subscriber each event once', async () => {
    const plan = {
      environments: 200,
      invitations: 20,
      organizations: 2,
      connections: 8,
      workers: 2,
      kills: 5,
      drops: 6,
      settleTimeoutMs: 60_000,
    };
    const report = await runOutboxChaos(plan, { hurry: true });
    expect(violationsOf(plan, report)).toEqual([]);
    expect(report.events).toBeGreaterThanOrEqual(2 * plan.environments + plan.invitations);
  }, 120_000);
});
