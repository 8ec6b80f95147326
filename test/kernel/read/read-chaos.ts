import pg from 'pg';
import { createLogger } from '../../../src/kernel/logger.js';
import {
  PrepareBatch,
  ReadBatch,
  type ReadScope,
  type ReadStatement,
  type TextRow,
} from '../../../src/kernel/read/read-batch.js';
import { createReadPool, type ReadPool } from '../../../src/kernel/read/read-pool.js';
import type { ReadWorld } from './read-world.js';

const workers = 24;
const poolSize = 4;
const tooSlowEvery = 500;
const terminateEvery = 60;

/** None of them names an organization or a person: row-level security alone keeps them apart. */
const statements = {
  environments: 'select t.org_id, t.id from environment t order by t.id',
  memberships: 'select m.user_id, m.org_id from membership m',
  settings: `select current_setting('app.org', true), current_setting('app.user', true)`,
  slow: `select t.org_id, t.id from environment t, pg_sleep(0.004) order by t.id`,
  tooSlow: `select t.org_id, t.id from environment t, pg_sleep(1) order by t.id`,
} satisfies Record<string, string>;

type StatementName = keyof typeof statements;

const prepared = Object.fromEntries(
  Object.entries(statements).map(([name, text]) => [name, { name, text }]),
) as Record<StatementName, ReadStatement>;

export interface ChaosFigures {
  asked: number;
  answered: number;
  /** By the code of the error, or its name. */
  failed: Record<string, number>;
  /** What was seen that must not be. */
  wrong: string[];
  cancels: number;
  terminations: number;
  /** Statements without a scope, sent right behind one with a scope. */
  bareReads: number;
}

interface Asked {
  scope: ReadScope;
  statement: StatementName;
  /** What the rows must be; null when the read must fail. */
  expected: string | null;
}

const rowsText = (rows: TextRow[]) => JSON.stringify(rows);

function pick<T>(values: readonly T[]): T {
  return values[Math.floor(Math.random() * values.length)] as T;
}

function statementAtRandom(): StatementName {
  if (Math.random() < 0.1) return 'slow';
  return pick(['environments', 'environments', 'memberships', 'settings']);
}

/** A read of one of the organizations, or of somebody whose scope is missing or no scope. */
function readAtRandom({ orgs }: ReadWorld, statement = statementAtRandom()): Asked {
  const luck = Math.random();
  if (luck < 0.03) return { scope: { orgId: 'no-uuid\0', userId: null }, statement, expected: null };
  if (luck < 0.06 && statement !== 'settings') {
    return { scope: { orgId: 'no-uuid', userId: 'no-uuid' }, statement, expected: null };
  }
  if (luck < 0.1) {
    const expected = statement === 'settings' ? rowsText([['', '']]) : '[]';
    return { scope: { orgId: null, userId: '' }, statement, expected };
  }
  const { orgId, userId, environmentIds } = pick(orgs);
  const expected: Record<StatementName, TextRow[] | null> = {
    environments: environmentIds.toSorted().map((id) => [orgId, id]),
    slow: environmentIds.toSorted().map((id) => [orgId, id]),
    memberships: [[userId, orgId]],
    settings: [[orgId, userId]],
    tooSlow: null,
  };
  const rows = expected[statement];
  return { scope: { orgId, userId }, statement, expected: rows && rowsText(rows) };
}

function nameOf(error: unknown): string {
  const { code, name, message } = error as { code?: string; name: string; message: string };
  if (message.includes('statement timeout')) return 'timeout';
  return code ?? `${name}: ${message}`;
}

/** Reads by one connection of its own, each followed in the same write by a statement without any scope. */
async function readBare(world: ReadWorld, figures: ChaosFigures, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const client = new pg.Client({
      connectionString: world.database.url('app'),
      application_name: 'toolbox-read',
      pipeline: true,
      statement_timeout: 250,
    });
    client.on('error', (error) => count(figures, error));
    try {
      await client.connect();
      await new Promise<void>((resolve, reject) => {
        const all = [PrepareBatch.scope, ...Object.values(prepared)];
        client.query(new PrepareBatch(all, [], (error) => (error ? reject(error) : resolve())));
      });
      while (!isOver()) await readThenBare(client, world, figures);
    } catch (error) {
      count(figures, error);
    } finally {
      await client.end().catch((error: unknown) => count(figures, error));
    }
  }
}

async function readThenBare(client: pg.Client, world: ReadWorld, figures: ChaosFigures): Promise<void> {
  const { scope, statement } = readAtRandom(world);
  const read = new Promise<void>((resolve) => {
    client.query(new ReadBatch(scope, prepared[statement], [], () => resolve()));
  });
  const bare = client.query<{ org: string; seen: string }>(
    `select coalesce(current_setting('app.org', true), '') || coalesce(current_setting('app.user', true), '') as org,
       (select count(*) from environment) + (select count(*) from membership) as seen`,
  );
  const [, answer] = await Promise.allSettled([read, bare]);
  if (answer.status === 'rejected') {
    count(figures, answer.reason);
    // A cancel goes on with the same connection; whatever else ends it shows at the next query.
    if ((answer.reason as { code?: string }).code !== '57014') throw answer.reason;
    return;
  }
  figures.bareReads += 1;
  const [row] = answer.value.rows;
  if (row?.org !== '' || row.seen !== '0') figures.wrong.push(`behind a read: ${JSON.stringify(row)}`);
}

function count({ failed }: ChaosFigures, error: unknown): void {
  const name = nameOf(error);
  failed[name] = (failed[name] ?? 0) + 1;
}

/** Cancels and terminates connections of the reads at random moments. */
async function disturb({ database }: ReadWorld, figures: ChaosFigures, isOver: () => boolean): Promise<void> {
  const client = new pg.Client({ connectionString: database.url('superuser') });
  await client.connect();
  const one = `(select pid from pg_stat_activity where application_name = 'toolbox-read' and datname = current_database()
    and query not like '%pg_sleep(1)%'
    order by random() limit 1)`;
  for (let turn = 1; !isOver(); turn += 1) {
    const terminates = turn % terminateEvery === 0;
    const act = terminates ? 'pg_terminate_backend' : 'pg_cancel_backend';
    const { rowCount } = await client.query(`select ${act}(pid) from ${one} as one`);
    if (terminates) figures.terminations += rowCount ?? 0;
    else figures.cancels += rowCount ?? 0;
  }
  await client.end();
}

async function readOnce(pool: ReadPool, world: ReadWorld, figures: ChaosFigures): Promise<void> {
  figures.asked += 1;
  const { scope, statement, expected } = readAtRandom(
    world,
    figures.asked % tooSlowEvery === 0 ? 'tooSlow' : undefined,
  );
  try {
    const rows = rowsText(await pool.read(scope, prepared[statement], []));
    figures.answered += 1;
    if (rows !== expected) {
      figures.wrong.push(`${statement} as ${JSON.stringify(scope)} gave ${rows} instead of ${expected}`);
    }
  } catch (error) {
    count(figures, error);
    // While all connections are lost, reads are refused at once: give others the turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Reads both organizations over one pool while everything goes wrong around it. */
export async function readInChaos(world: ReadWorld, reads: number): Promise<ChaosFigures> {
  const figures: ChaosFigures = {
    asked: 0,
    answered: 0,
    failed: {},
    wrong: [],
    cancels: 0,
    terminations: 0,
    bareReads: 0,
  };
  const log = createLogger({ level: 'silent' });
  const pool = createReadPool({ url: world.database.url('app'), size: poolSize, log });
  await pool.open();
  let isOver = false;
  const around = [disturb(world, figures, () => isOver), readBare(world, figures, () => isOver)];
  const work = async () => {
    while (figures.answered < reads) await readOnce(pool, world, figures);
  };
  await Promise.all(Array.from({ length: workers }, work));
  isOver = true;
  await Promise.all(around);
  await pool.close();
  return figures;
}
