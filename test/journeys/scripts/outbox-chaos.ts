/**
 * The outbox under fire, at full size, on a PostgreSQL that keeps its promises (fsync on). Run by hand:
 * node --import @swc-node/register/esm-register test/journeys/scripts/outbox-chaos.ts [name=value …]
 * with any number of the plan below. Prints the figures; exits with 1 on a violation.
 */
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { startTestServer } from '../../support/test-server.js';
import { runOutboxChaos, violationsOf, type ChaosPlan } from '../outbox/chaos.js';

const plan: ChaosPlan = {
  environments: 2000,
  invitations: 400,
  organizations: 2,
  connections: 8,
  workers: 3,
  kills: 50,
  drops: 60,
  settleTimeoutMs: 180_000,
};

const { positionals } = parseArgs({ allowPositionals: true });
for (const argument of positionals) {
  const [name = '', value] = argument.split('=');
  if (!(name in plan) || !(Number(value) > 0))
    throw new Error(`${argument}: give one of ${Object.keys(plan).join(', ')}`);
  plan[name as keyof ChaosPlan] = Number(value);
}

const server = await startTestServer({});
try {
  const report = await runOutboxChaos(plan);
  const violations = violationsOf(plan, report);
  process.stdout.write(`${JSON.stringify({ plan, report, violations }, null, 2)}\n`);
  process.exitCode = violations.length === 0 ? 0 : 1;
} finally {
  await server.stop();
}
