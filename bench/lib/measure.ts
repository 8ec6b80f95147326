import { cpuOf, residentMb } from './cpu.js';
import { load, percentile, type RequestSource } from './load.js';

export interface Measurement {
  rps: number;
  /** CPU of the server and of PostgreSQL, for each request. */
  cpuUs: number;
  /** Of it, the server's own. */
  serverCpuUs: number;
  p50Ms: number;
  p99Ms: number;
  rssMb: number;
}

export interface Subject {
  port: number;
  pid: number;
  databasePid?: number;
  next: RequestSource;
  connections: number;
  seconds: number;
}

/** Warms up for a second, then measures. @throws when any request fails */
export async function measure({
  port,
  pid,
  databasePid,
  next,
  connections,
  seconds,
}: Subject): Promise<Measurement> {
  await load(port, connections, 1.5, next);
  const database = databasePid === undefined ? [] : [databasePid];
  const before = { server: cpuOf([pid]), database: cpuOf(database) };
  const result = await load(port, connections, seconds, next);
  const server = cpuOf([pid]) - before.server;
  const total = server + cpuOf(database) - before.database;
  if (result.failures > 0) throw new Error(`${result.failures} of ${result.requests} requests failed`);
  return {
    rps: result.requests / result.seconds,
    cpuUs: total / result.requests,
    serverCpuUs: server / result.requests,
    p50Ms: percentile(result.latenciesMs, 50),
    p99Ms: percentile(result.latenciesMs, 99),
    rssMb: residentMb(pid),
  };
}

/** The medians of several measurements, figure by figure. */
export function medians(measurements: Measurement[]): Measurement {
  const median = (pick: (each: Measurement) => number) => {
    const sorted = measurements.map(pick).sort((a, b) => a - b);
    return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 100) / 100;
  };
  return {
    rps: median((each) => each.rps),
    cpuUs: median((each) => each.cpuUs),
    serverCpuUs: median((each) => each.serverCpuUs),
    p50Ms: median((each) => each.p50Ms),
    p99Ms: median((each) => each.p99Ms),
    rssMb: median((each) => each.rssMb),
  };
}
