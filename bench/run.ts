/**
 * Runs workloads against this server and against the limit on the same machine: interleaved, each in a fresh
 * process, medians of the rounds. Never fails a build.
 *
 *   npm run bench -- [W1 W2 W8 …] [--rounds N] [--seconds N] [--environments N] [--json FILE] [--write]
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { seed, startBenchDatabase, type BenchDatabase, type SeededUser } from './lib/database.js';
import { measure, medians, type Measurement } from './lib/measure.js';
import { writeGuide, type Comparison } from './lib/report.js';
import { workloads, type Side, type Workload } from './workloads.js';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '5' },
    environments: { type: 'string', default: '100000' },
    json: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

async function measureSide(side: Side, workload: Workload, database: BenchDatabase, users: SeededUser[]) {
  const server = await side.start(database);
  try {
    const next = await side.requests(users);
    const { connections, usesDatabase } = workload;
    const seconds = Number(options.seconds);
    return await measure({
      port: server.port,
      pid: server.pid,
      next,
      connections,
      seconds,
      ...(usesDatabase && { databasePid: database.pid }),
    });
  } finally {
    await server.stop();
  }
}

async function compare(
  workload: Workload,
  database: BenchDatabase,
  users: SeededUser[],
): Promise<Comparison> {
  const server: Measurement[] = [];
  const limit: Measurement[] = [];
  for (let round = 0; round < Number(options.rounds); round += 1) {
    limit.push(await measureSide(workload.limit, workload, database, users));
    server.push(await measureSide(workload.server, workload, database, users));
  }
  return { title: workload.title, server: medians(server), limit: medians(limit) };
}

function report(name: string, { title, server, limit }: Comparison): void {
  console.log(`\n${name}  ${title}`);
  console.table({ server, limit, ratio: { rps: Math.round((server.rps / limit.rps) * 100) / 100 } });
}

const names = positionals.length > 0 ? positionals : Object.keys(workloads);
const unknown = names.filter((name) => !workloads[name]);
if (unknown.length > 0) {
  console.error(
    `There is no workload ${unknown.join(', ')}. There are: ${Object.keys(workloads).join(', ')}.`,
  );
  process.exit(2);
}
const database = await startBenchDatabase();
try {
  const users = await seed(database, Number(options.environments));
  const results: Record<string, Comparison> = {};
  for (const name of names) {
    const workload = workloads[name] as Workload;
    results[name] = await compare(workload, database, users);
    report(name, results[name]);
  }
  if (options.json) writeFileSync(options.json, `${JSON.stringify(results, null, 2)}\n`);
  if (options.write) writeGuide(results);
} finally {
  await database.stop();
}
