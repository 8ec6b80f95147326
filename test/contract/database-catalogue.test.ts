import pg from 'pg';
import { createTestDatabase, templateDatabase, type TestDatabase } from '../support/database.js';
import { findAccessFaults, runtimeRoles } from './catalogue/access-rules.js';
import { child, lawful, unlawful } from './catalogue/unlawful.js';
import { findTableFaults } from './catalogue/table-rules.js';

describe('the catalogue of a migrated database', () => {
  let database: TestDatabase;
  let client: pg.Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = new pg.Client({ connectionString: database.url('superuser') });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  /** The faults of the database with these changes, which are then undone. */
  async function faultsWith(sql: string, roles = runtimeRoles): Promise<string[]> {
    await client.query('begin');
    try {
      await client.query(sql);
      return [...(await findTableFaults(client)), ...(await findAccessFaults(client, roles))];
    } finally {
      await client.query('rollback');
    }
  }

  it('keeps every rule of tenancy', async () => {
    expect(await faultsWith('select')).toEqual([]);
  });

  it('accepts another table that keeps the rules, undeclared', async () => {
    const key = `alter table part add constraint part_thing foreign key (org_id, thing_id) references thing (org_id, id)`;
    const clears = `${key} on delete set null (thing_id);`;
    expect(await faultsWith(`${lawful} ${child} ${clears} create index on part (org_id, thing_id);`)).toEqual(
      [],
    );
  });

  it('lets nobody connect to a database by default', async () => {
    const { rows } = await client.query(
      `select acl.privilege_type from pg_database d, aclexplode(d.datacl) acl where d.datname = $1 and acl.grantee = 0`,
      [templateDatabase],
    );
    expect(rows).toEqual([]);
  });

  describe('has a fault when', () => {
    it.each(unlawful)('%s', async (_what, sql, fault) => {
      expect(await faultsWith(sql)).toContainEqual(expect.stringContaining(fault));
    });

    it.each(['superuser', 'bypassrls', 'createrole', 'createdb', 'replication'])(
      'a runtime role has %s',
      async (power) => {
        const role = `toolbox_test_${power}`;
        expect(await faultsWith(`create role ${role} ${power};`, [...runtimeRoles, role])).toEqual([
          `role ${role} has ${power.toUpperCase()}`,
        ]);
      },
    );
  });
});
