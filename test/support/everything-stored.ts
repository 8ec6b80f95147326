import type { TestDatabase } from './database.js';

/** Tables whose rows match the pattern anywhere, with one of the rows: for what must stand nowhere. */
export async function tablesHolding(
  database: TestDatabase,
  pattern: string,
): Promise<Record<string, string>> {
  const tables = await database.query<{ schema: string; name: string }>(
    'superuser',
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname in ('public', 'pgboss')`,
  );
  const found: Record<string, string> = {};
  for (const { schema, name } of tables) {
    const [row] = await database.query<{ row: string }>(
      'superuser',
      `select r::text as row from "${schema}"."${name}" r where strpos(lower(r::text), lower($1)) > 0 limit 1`,
      [pattern],
    );
    if (row) found[`${schema}.${name}`] = row.row;
  }
  return found;
}

/** Every row of the queues' jobs, dead letters included, and of the event log and the mails, as text. */
export async function queuedText(database: TestDatabase): Promise<string> {
  const rows = await database.query<{ row: string }>(
    'superuser',
    `select j::text as row from pgboss.job j union all select m::text from mail_message m union all select e::text from event e`,
  );
  return rows.map(({ row }) => row).join('\n');
}
