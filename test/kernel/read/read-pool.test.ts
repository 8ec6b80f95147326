import { BusyError } from '../../../src/kernel/errors.js';
import { createLogger } from '../../../src/kernel/logger.js';
import type { ReadStatement } from '../../../src/kernel/read/read-batch.js';
import { ReadConnection } from '../../../src/kernel/read/read-connection.js';
import { createReadPool, type ReadPool } from '../../../src/kernel/read/read-pool.js';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { waitFor } from '../../support/wait-for.js';
import { startSilentProxy } from './silent-proxy.js';

const nobody = { orgId: null, userId: null };
const log = createLogger({ level: 'silent' });
const maxDepth = 64;

let count = 0;
function statement(text: string): ReadStatement {
  return { name: `test_${(count += 1)}`, text };
}

describe('the pool of the read lane', () => {
  let database: TestDatabase;
  const pools: ReadPool[] = [];
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterEach(async () => {
    await Promise.all(pools.splice(0).map((pool) => pool.close()));
  });
  afterAll(() => database.drop());

  async function openPool(
    size: number,
  ): Promise<(text: string | ReadStatement) => Promise<(string | null)[][]>> {
    const pool = createReadPool({ url: database.url('app'), size, log });
    await pool.open();
    pools.push(pool);
    return (text) => pool.read(nobody, typeof text === 'string' ? statement(text) : text, []);
  }

  it('gives a read to the connection with the fewest', async () => {
    const read = await openPool(3);
    const pid = statement('select pg_backend_pid(), pg_sleep(0.05)');
    const answers = await Promise.all([read(pid), read(pid), read(pid)]);
    expect(new Set(answers.map(([row]) => row?.[0])).size).toBe(3);
  });

  it('refuses what would wait behind too many others', async () => {
    const read = await openPool(1);
    const brief = statement('select 1, pg_sleep(0.001)');
    const answers = await Promise.allSettled(Array.from({ length: maxDepth + 1 }, () => read(brief)));
    const refused = answers.flatMap((each, index) =>
      each.status === 'rejected' ? [[index, each.reason as unknown]] : [],
    );
    expect(refused).toEqual([[maxDepth, expect.any(BusyError)]]);
    await expect(read(brief)).resolves.toEqual([['1', '']]);
  });

  it('gives up a statement after a quarter of a second, and goes on', async () => {
    const read = await openPool(1);
    const startedAt = performance.now();
    const slow = read('select pg_sleep(10)');
    const behind = read('select 2');
    await expect(slow).rejects.toMatchObject({ code: '57014' });
    await expect(behind).resolves.toEqual([['2']]);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });

  it('writes nothing', async () => {
    const read = await openPool(1);
    await expect(read('create temporary table t (id int)')).rejects.toMatchObject({ code: '25006' });
  });

  it('keeps at most 200 statements prepared, and all of them work again and again', async () => {
    const read = await openPool(1);
    const all = Array.from({ length: 450 }, (_, index) => statement(`select ${index}`));
    for (let round = 0; round < 2; round += 1) {
      for (let from = 0; from < all.length; from += 50) {
        const answers = await Promise.all(all.slice(from, from + 50).map(read));
        expect(answers).toEqual(answers.map((_, index) => [[String(from + index)]]));
      }
    }
    const [[prepared] = []] = await read(
      `select count(*) from pg_prepared_statements where name like 'test%'`,
    );
    expect(Number(prepared)).toBeLessThanOrEqual(200);
    expect(Number(prepared)).toBeGreaterThan(150);
  });

  it('says why a statement cannot be prepared, and tries again the next time', async () => {
    const read = await openPool(1);
    const broken = statement('select * from nowhere');
    const answers = await Promise.allSettled([read(broken), read(broken), read('select 1')]);
    expect(answers).toMatchObject([
      { status: 'rejected', reason: { code: '42P01' } },
      { status: 'rejected', reason: { code: '42P01' } },
      { status: 'fulfilled' },
    ]);
    await expect(read(broken)).rejects.toMatchObject({ code: '42P01' });
  });

  it('prepares a statement whose name the server still knows from a batch that was cut short', async () => {
    const read = await openPool(1);
    await read('prepare leftover as select 1');
    await expect(read({ name: 'leftover', text: 'select 2' })).resolves.toEqual([['2']]);
  });

  it('rejects what it had sent on a connection that is cut, and opens another one', async () => {
    const read = await openPool(1);
    const [[pid] = []] = await read('select pg_backend_pid()');
    const waiting = Promise.allSettled([read('select pg_sleep(0.2)'), read('select 1')]);
    await database.query('superuser', 'select pg_terminate_backend($1, 5000)', [pid]);
    expect(await waiting).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    const answer = await waitFor(() => read('select pg_backend_pid()').catch(() => null));
    expect(answer).not.toEqual([[pid]]);
  });

  it('refuses reads while it has no connection', async () => {
    const pool = createReadPool({ url: database.url('app'), size: 1, log });
    await expect(pool.read(nobody, statement('select 1'), [])).rejects.toThrow(BusyError);
  });

  it('leaves no connection open when one of them cannot be opened', async () => {
    const proxy = await startSilentProxy(database.url('app'), 2);
    const pool = createReadPool({ url: proxy.url, size: 3, log });
    await expect(pool.open()).rejects.toThrow();
    await waitFor(() => proxy.open() === 0, { what: 'the end of the other connections' });
    proxy.close();
  });
});

describe('a connection of the read lane', () => {
  it('counts as lost when the server falls silent', async () => {
    const database = await createTestDatabase();
    const proxy = await startSilentProxy(database.url('app'));
    const lost: Error[] = [];
    const connection = await ReadConnection.open({
      url: proxy.url,
      statementTimeoutMs: 250,
      silenceMs: 100,
      onLost: (_, error) => lost.push(error),
    });
    const one = statement('select 1');
    await expect(connection.read(nobody, one, [])).resolves.toEqual([['1']]);
    proxy.fallSilent();
    const answers = await Promise.allSettled([
      connection.read(nobody, one, []),
      connection.read(nobody, one, []),
    ]);
    expect(answers).toMatchObject([{ status: 'rejected' }, { status: 'rejected' }]);
    expect(lost).toMatchObject([{ message: 'PostgreSQL does not answer a read.' }]);
    expect(connection.load).toBe(0);
    proxy.close();
    await database.drop();
  });
});
