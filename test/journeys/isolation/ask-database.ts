import type pg from 'pg';
import { v7 } from 'uuid';

/** PostgreSQL's code for a missing grant and for a row that a policy refuses. */
export const refused = '42501';

export type Outcomes = Record<string, number | string | null>;

/**
 * Tries each command on the rows of `orgId` in one table, in SQL without any predicate of the application, as
 * the app's login (`stranger`) bound to another organization. Nothing is kept.
 * @returns the number of rows that each command reached, or the code of its error.
 */
export async function reachDirectly(
  clients: { stranger: pg.Client; observer: pg.Client },
  table: string,
  { orgId, asOrg, asUser }: { orgId: string; asOrg: string; asUser: string },
): Promise<Outcomes> {
  const { stranger: client, observer } = clients;
  const reach = async (sql: string, params: unknown[] = [orgId]) => {
    await client.query('begin');
    await client.query(`select set_config('app.org', $1, true), set_config('app.user', $2, true)`, [
      asOrg,
      asUser,
    ]);
    try {
      return (await client.query(sql, params)).rowCount;
    } catch (error) {
      return (error as pg.DatabaseError).code ?? 'no code';
    } finally {
      await client.query('rollback');
    }
  };
  const { rows } = await observer.query<{ row: object }>(
    `select to_jsonb(t) as row from ${table} t where org_id = $1 limit 1`,
    [orgId],
  );
  const [existing] = rows;
  const copy = { ...existing?.row, ...(existing && 'id' in existing.row && { id: v7() }) };
  return {
    selected: await reach(`select from ${table} where org_id = $1`),
    locked: await reach(`select from ${table} where org_id = $1 for update`),
    updated: await reach(`update ${table} set org_id = org_id where org_id = $1`),
    movedThere: await reach(`update ${table} set org_id = $1`),
    deleted: await reach(`delete from ${table} where org_id = $1`),
    inserted: await reach(`insert into ${table} select * from jsonb_populate_record(null::${table}, $1)`, [
      JSON.stringify(copy),
    ]),
  };
}
