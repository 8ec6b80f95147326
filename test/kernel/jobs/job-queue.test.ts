import { PgBoss } from 'pg-boss';
import { v7 } from 'uuid';
import { z } from 'zod';
import { openRelayPool, type Infrastructure } from '../../../src/app/infrastructure.js';
import { systemActor } from '../../../src/kernel/actor.js';
import { defineConsumer } from '../../../src/kernel/events/consumer.js';
import type { StoredEvent } from '../../../src/kernel/events/event.js';
import { deterministicId, PLATFORM_ORG_ID } from '../../../src/kernel/ids.js';
import {
  defineJob,
  handleJob,
  PermanentJobError,
  type JobAttempt,
  type JobDefinition,
} from '../../../src/kernel/jobs/job.js';
import { waitFor } from '../../support/wait-for.js';
import { createEventWorld, emit, noted, quiet, upTo, type EventWorld } from '../events/event-world.js';

interface JobRow {
  id: string;
  name: string;
  state: string;
  data: object;
  retryCount: number;
  output: { message?: string } | null;
  sourceId: string | null;
}

interface Task {
  taskId: string;
}

type Run = (task: Task, attempt: JobAttempt) => Promise<void>;

/** Makes the workers look now: a retry that has become due is otherwise found by a poll, every five seconds. */
const nudge = `select pg_notify('pgboss_' || left(encode(sha224('pgboss'::bytea), 'hex'), 24), 'do-task')`;

const retry = { limit: 1, delaySeconds: 0, maxDelaySeconds: 1 };
const doTask = defineJob<Task>({ name: 'do-task', schema: z.object({ taskId: z.uuid() }), retry });
const doSlowTask = defineJob<Task>({ name: 'do-slow-task', schema: doTask.schema, retry });
const doHastily = defineJob<Task>({
  name: 'do-hastily',
  schema: doTask.schema,
  retry: { ...retry, limit: 0 },
  timeoutSeconds: 1,
});
const neverDone = defineJob<Task>({ name: 'never-done', schema: doTask.schema, retry });
const effects: { consumer: string; eventId: string; jobOrg: string | null }[] = [];
const tasks = new Map<string, Run>();
const slowTasks = new Map<string, Run>();
const hastyTasks = new Map<string, Run>();

function handler(job: JobDefinition<Task>, runs: Map<string, Run>) {
  return handleJob(job, (_ctx, task, attempt) => runs.get(task.taskId)?.(task, attempt) ?? Promise.resolve());
}

function consume(name: string) {
  return defineConsumer(name, noted, (ctx, event) => {
    effects.push({ consumer: name, eventId: event.id, jobOrg: ctx.orgId });
    return Promise.resolve();
  });
}

describe('the job queue', () => {
  let world: EventWorld;
  let node: Infrastructure;
  beforeAll(async () => {
    world = await createEventWorld();
    node = await world.node();
    const handlers = [handler(doTask, tasks), handler(doSlowTask, slowTasks), handler(doHastily, hastyTasks)];
    await node.jobs.start([consume('test.count'), consume('test.index')], handlers);
    world
      .relay(node, { enqueueConsumers: (client, events) => node.jobs.enqueueConsumers(client, events) })
      .start();
  });
  afterAll(async () => {
    await world.stopRelays();
    await node.jobs.stop(2000);
    await world.close();
  });

  const jobs = (where: string, params: unknown[]) =>
    world.database.query<JobRow>(
      'superuser',
      `select id, name, state, data, retry_count as "retryCount", output, source_id as "sourceId"
       from pgboss.job where ${where} order by name`,
      params,
    );

  const send = (task: Task, key?: string, job: JobDefinition<Task> = doTask) =>
    node
      .createContext({ actor: systemActor('test'), requestId: 'test' })
      .transaction((tx) => node.jobs.send(tx, job, task, key));

  async function enqueue(events: StoredEvent[]): Promise<void> {
    const pool = openRelayPool(world.database.url('relay'), quiet);
    const client = await pool.connect();
    try {
      await node.jobs.enqueueConsumers(client, events);
    } finally {
      client.release();
      await pool.end();
    }
  }

  /** One that the log does not hold. */
  function unknownEvent(): StoredEvent {
    const event = noted({ orgId: PLATFORM_ORG_ID, subjectId: v7(), payload: { n: 1 } });
    const rest = { id: v7(), userId: null, actorId: null, occurredAt: new Date(), position: 1n };
    return { ...event, ...rest, publishedAt: new Date(), audience: 'system' };
  }

  async function settled(taskId: string, state: string, name = 'do-task'): Promise<JobRow> {
    const where = `data->>'taskId' = $1 and state::text = $2 and name = $3`;
    const probe = async () => {
      await world.database.query('app', nudge);
      return (await jobs(where, [taskId, state, name]))[0];
    };
    return waitFor(probe, { timeoutMs: 12_000, what: `job ${state}` });
  }

  it('runs each consumer once for each event, in its organization, with data of ids only', async () => {
    const orgId = v7();
    await emit(node, orgId, [1, 2]);
    await waitFor(() => effects.filter(({ jobOrg }) => jobOrg === orgId).length === 4);
    const events = await node.eventLog.read(orgId, 0n, 10);
    for (const { id } of events) {
      const done = effects.filter(({ eventId }) => eventId === id).map(({ consumer }) => consumer);
      expect(done.sort()).toEqual(['test.count', 'test.index']);
      const rows = await jobs(`data->>'eventId' = $1`, [id]);
      expect(rows.map(({ data }) => data)).toEqual(Array(2).fill({ orgId, eventId: id }));
      expect(rows.map((row) => row.id).sort()).toEqual(
        ['test.count', 'test.index'].map((name) => deterministicId(id, name)).sort(),
      );
    }
  });

  it('creates the jobs of an event once, however often it is enqueued', async () => {
    const orgId = v7();
    await emit(node, orgId, [1]);
    await waitFor(() => effects.filter(({ jobOrg }) => jobOrg === orgId).length === 2);
    const events = await node.eventLog.read(orgId, 0n, 1);
    await enqueue(events);
    await enqueue(events);
    expect(await jobs(`data->>'eventId' = $1`, [events[0]?.id])).toHaveLength(2);
  });

  it('creates no job for an event that nobody consumes', async () => {
    const event = unknownEvent();
    await enqueue([{ ...event, type: 'test.ignored.v1' }]);
    expect(await jobs(`data->>'eventId' = $1`, [event.id])).toEqual([]);
  });

  it('sends nothing from a transaction that rolls back', async () => {
    const taskId = v7();
    const ctx = node.createContext({ actor: systemActor('test'), requestId: 'test' });
    const failing = ctx.transaction(async (tx) => {
      await node.jobs.send(tx, doTask, { taskId });
      throw new Error('changed our mind');
    });
    await expect(failing).rejects.toThrow('changed our mind');
    const marker = v7();
    await send({ taskId: marker });
    await settled(marker, 'completed');
    expect(await jobs(`data->>'taskId' = $1`, [taskId])).toEqual([]);
  });

  it('sends a job once for the same key', async () => {
    const task = { taskId: v7() };
    let runs = 0;
    tasks.set(task.taskId, () => Promise.resolve(void (runs += 1)));
    for (let repeat = 0; repeat < 3; repeat += 1) await send(task, task.taskId);
    await settled(task.taskId, 'completed');
    expect(await jobs(`data->>'taskId' = $1`, [task.taskId])).toHaveLength(1);
    expect(runs).toBe(1);
  });

  it('tries again after a failure, and says which attempt it is', async () => {
    const taskId = v7();
    const attempts: (number | boolean)[][] = [];
    tasks.set(taskId, (_task, { number, isLast }) => {
      attempts.push([number, isLast]);
      return number < 2 ? Promise.reject(new Error('not yet')) : Promise.resolve();
    });
    await send({ taskId });
    expect(await settled(taskId, 'completed')).toMatchObject({ retryCount: 1 });
    expect(attempts).toEqual([
      [1, false],
      [2, true],
    ]);
  });

  it('keeps a dead letter, with the reason, after the last attempt', async () => {
    const taskId = v7();
    tasks.set(taskId, () => Promise.reject(new TypeError('never')));
    await send({ taskId });
    const failed = await settled(taskId, 'failed');
    expect(failed).toMatchObject({ retryCount: 1, output: { message: 'TypeError: never' } });
    const letters = await jobs(`name = 'dead-letter' and data->>'taskId' = $1`, [taskId]);
    expect(letters).toMatchObject([{ data: { taskId }, sourceId: failed.id }]);
  });

  it('keeps no value of a row that an error quotes', async () => {
    const taskId = v7();
    const quoting = new PermanentJobError('insert … - Key (email_key)=(ada@example.com) already exists.');
    tasks.set(taskId, () => Promise.reject(quoting));
    await send({ taskId });
    const { output } = await settled(taskId, 'failed');
    expect(output?.message).toContain('Key (email_key)');
    expect(output?.message).not.toContain('ada');
  });

  it('keeps a dead letter at once for what no retry can mend', async () => {
    const taskId = v7();
    let runs = 0;
    tasks.set(taskId, () => {
      runs += 1;
      return Promise.reject(new PermanentJobError('the address does not exist'));
    });
    await send({ taskId });
    expect(await settled(taskId, 'failed')).toMatchObject({ retryCount: 0 });
    expect(runs).toBe(1);
    expect(await jobs(`name = 'dead-letter' and data->>'taskId' = $1`, [taskId])).toHaveLength(1);
  });

  it('refuses data of another shape without running the handler', async () => {
    const boss = new PgBoss({
      connectionString: world.database.url('app'),
      schema: 'pgboss',
      migrate: false,
    });
    boss.on('error', () => undefined);
    await boss.start();
    await boss.insert('do-task', [{ id: v7(), data: { taskId: 'one' } }]);
    await boss.stop({ graceful: false });
    const failed = await settled('one', 'failed');
    expect(failed.output?.message).toContain('ZodError');
  });

  it('turns the jobs of an event that is gone into dead letters', async () => {
    const event = unknownEvent();
    await enqueue([event]);
    const rows = await waitFor(async () => {
      const letters = await jobs(`name = 'dead-letter' and data->>'eventId' = $1`, [event.id]);
      return letters.length === 2 && letters;
    });
    expect(rows).toHaveLength(2);
    expect(effects.some(({ eventId }) => eventId === event.id)).toBe(false);
  });

  it('one failing job of a batch leaves the others done', async () => {
    const ids = upTo(10).map(() => v7());
    const bad = ids[4] ?? '';
    tasks.set(bad, () => Promise.reject(new PermanentJobError('no')));
    const ctx = node.createContext({ actor: systemActor('test'), requestId: 'test' });
    await ctx.transaction(async (tx) => {
      for (const taskId of ids) await node.jobs.send(tx, doTask, { taskId });
    });
    await settled(bad, 'failed');
    const rows = await waitFor(async () => {
      const done = await jobs(`name = 'do-task' and state = 'completed' and data->>'taskId' = any($1)`, [
        ids,
      ]);
      return done.length === 9 && done;
    });
    expect(rows).toHaveLength(9);
  });

  it('takes over what a killed worker held, and not what a living one is slow with', async () => {
    const [slow, lost] = [v7(), v7()];
    let slowRuns = 0;
    let finish: () => void = () => undefined;
    slowTasks.set(slow, () => {
      slowRuns += 1;
      return new Promise((resolve) => (finish = resolve));
    });
    await send({ taskId: slow }, undefined, doSlowTask);
    await waitFor(() => slowRuns === 1);
    const heartbeat = async () => {
      const sql = `select heartbeat_on::text as at from pgboss.job where data->>'taskId' = $1`;
      return (await world.database.query<{ at: string }>('superuser', sql, [slow]))[0]?.at;
    };
    const firstHeartbeat = await heartbeat();
    let attempt = 0;
    tasks.set(lost, (_task, { number }) => Promise.resolve(void (attempt = number)));
    // What a killed worker leaves: an active job whose heartbeat stands still.
    await world.database.query(
      'superuser',
      `insert into pgboss.job (id, name, data, state, retry_limit, retry_delay, retry_backoff, started_on,
         heartbeat_on, heartbeat_seconds, expire_seconds, dead_letter)
       values ($1, 'do-task', $2, 'active', 2, 0, true, now() - interval '11 seconds',
         now() - interval '11 seconds', 10, 30, 'dead-letter')`,
      [v7(), { taskId: lost }],
    );
    expect(await settled(lost, 'completed')).toMatchObject({ retryCount: 1 });
    expect(attempt).toBe(2);
    await waitFor(async () => (await heartbeat()) !== firstHeartbeat, {
      timeoutMs: 8000,
      what: 'a heartbeat',
    });
    finish();
    await settled(slow, 'completed', 'do-slow-task');
    expect(slowRuns).toBe(1);
  });

  it('works on while one job of the queue is slow', async () => {
    const [slow, later] = [v7(), v7()];
    const finish = Promise.withResolvers<undefined>();
    let running = false;
    slowTasks.set(slow, () => {
      running = true;
      return finish.promise;
    });
    await send({ taskId: slow }, undefined, doSlowTask);
    await waitFor(() => running);
    await send({ taskId: later }, undefined, doSlowTask);
    await settled(later, 'completed', 'do-slow-task');
    finish.resolve(undefined);
    await settled(slow, 'completed', 'do-slow-task');
  });

  it('gives up a job that is out of time, and tells it so', async () => {
    const taskId = v7();
    let aborted = 0;
    hastyTasks.set(taskId, (_task, { signal }) => {
      signal.addEventListener('abort', () => (aborted += 1));
      return new Promise(() => undefined);
    });
    await send({ taskId }, undefined, doHastily);
    const failed = await settled(taskId, 'failed', 'do-hastily');
    expect(failed.output?.message).toContain('Not done after 1 seconds');
    expect(aborted).toBe(1);
  });

  it('refuses to create jobs where it was not started, as nobody would know the queue', async () => {
    const api = await world.node();
    const ctx = api.createContext({ actor: systemActor('test'), requestId: 'test' });
    const sent = ctx.transaction((tx) => api.jobs.send(tx, neverDone, { taskId: v7() }));
    await expect(sent).rejects.toThrow('only workers create jobs');
  });
});
