import { statfs } from 'node:fs/promises';
import type { Infrastructure } from './infrastructure.js';

export type CheckState = 'ok' | 'failed' | 'not configured';

export interface Check {
  state: CheckState;
  /** In words, for whoever reads the page; no secrets. */
  detail?: string;
}

export interface HealthReport {
  status: 'healthy' | 'unhealthy';
  checks: Record<string, Check>;
}

const checkTimeoutMs = 2000;
const leastFreeDisk = 0.05;

/** Runs a check; one that hangs has failed. */
async function attempt(check: () => Promise<Check>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<Check>((resolve) => {
    timer = setTimeout(
      () => resolve({ state: 'failed', detail: `no answer in ${checkTimeoutMs} ms` }),
      checkTimeoutMs,
    );
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch (error) {
    return { state: 'failed', detail: (error as { code?: string }).code ?? (error as Error).name };
  } finally {
    clearTimeout(timer);
  }
}

export interface Health {
  database(): Promise<Check>;
  redis(): Promise<Check>;
  report(): Promise<HealthReport>;
}

export interface HealthDeps {
  database: Infrastructure['database'];
  /** Null without Redis. */
  pingRedis: (() => Promise<void>) | null;
  /** The disk that has to keep some room. */
  directory: string;
}

export function createHealth({ database, pingRedis, directory }: HealthDeps): Health {
  const checks = {
    database: async () => {
      await database.ping();
      return { state: 'ok' };
    },
    queue: async () => {
      const em = database.entityManager({ orgId: null, userId: null });
      await em.execute('select 1 from pgboss.job limit 1');
      return { state: 'ok' };
    },
    disk: async () => {
      const { bavail, blocks } = await statfs(directory);
      const free = Number(bavail) / Number(blocks);
      const detail = `${Math.round(free * 100)} % free`;
      return { state: free < leastFreeDisk ? 'failed' : 'ok', detail };
    },
    redis: async () => {
      if (!pingRedis) return { state: 'not configured' };
      await pingRedis();
      return { state: 'ok' };
    },
  } satisfies Record<string, () => Promise<Check>>;
  return {
    database: () => attempt(checks.database),
    redis: () => attempt(checks.redis),
    async report() {
      const results = await Promise.all(
        Object.entries(checks).map(async ([name, check]) => [name, await attempt(check)] as const),
      );
      const failed = results.some(([, { state }]) => state === 'failed');
      return { status: failed ? 'unhealthy' : 'healthy', checks: Object.fromEntries(results) };
    },
  };
}
