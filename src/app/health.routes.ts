import { Router } from 'express';
import type { Health } from './health.js';

/**
 * Health for people, load balancers and orchestrators. `live` says that the process runs; `ready` that it
 * should get requests; the others say what works.
 */
export function healthRoutes(health: Health, isDraining: () => boolean): Router {
  const router = Router();
  router.get(['/health/live', '/api/health/live'], (_req, res) => {
    res.json({ status: 'alive' });
  });
  router.get(['/health/ready', '/api/health/ready'], async (_req, res) => {
    if (isDraining()) {
      res.status(503).json({ status: 'draining' });
      return;
    }
    const { state } = await health.database();
    res.status(state === 'ok' ? 200 : 503).json({ status: state === 'ok' ? 'ready' : 'unready' });
  });
  router.get(['/health', '/api/health'], async (_req, res) => {
    const report = await health.report();
    res.status(report.status === 'healthy' ? 200 : 503).json(report);
  });
  router.get(['/health/db', '/api/v1/health/db'], async (_req, res) => {
    const { state, detail } = await health.database();
    const connected = state === 'ok';
    res
      .status(connected ? 200 : 503)
      .json({ database: connected ? 'connected' : 'unreachable', ...(detail && { detail }) });
  });
  router.get(['/health/redis', '/api/v1/health/redis'], async (_req, res) => {
    const { state, detail } = await health.redis();
    const redis = { ok: 'connected', failed: 'unreachable', 'not configured': 'not configured' }[state];
    res.status(state === 'failed' ? 503 : 200).json({ redis, ...(detail && { detail }) });
  });
  return router;
}
