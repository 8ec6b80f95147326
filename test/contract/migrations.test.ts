import { randomBytes } from 'node:crypto';
import { MikroORM } from '@mikro-orm/postgresql';
import pg from 'pg';
import { v7 } from 'uuid';
import { entities } from '../../src/app/entities.js';
import { ormOptions } from '../../src/kernel/database/database.js';
import { createMigrations } from '../../src/kernel/database/migrations.js';
import { createTestDatabase, urlOf, type Login, type TestDatabase } from '../support/database.js';

/** Everything that migrations make, one line each. Vendor and dated names aside, it is the same on every machine. */
const fingerprintSql = `
  select 'column ' || attrelid::regclass || ' ' || attname || ' ' || format_type(atttypid, atttypmod) || ' ' || attnotnull as line
    from pg_attribute join pg_class c on c.oid = attrelid
    where relkind in ('r', 'p', 'v') and relnamespace in (select oid from pg_namespace where nspname in ('public', 'pgboss'))
      and attnum > 0 and not attisdropped
  union all select 'constraint ' || conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
    where connamespace in (select oid from pg_namespace where nspname in ('public', 'pgboss')) and conrelid <> 0
  union all select 'index ' || indexdef from pg_indexes where schemaname in ('public', 'pgboss')
  union all select 'policy ' || tablename || ' ' || policyname || ' ' || roles::text || cmd || ' ' || coalesce(qual, '') || coalesce(with_check, '')
    from pg_policies
  union all select 'grant ' || oid::regclass || ' ' || relrowsecurity || relforcerowsecurity || coalesce(relacl::text, '') from pg_class
    where relkind in ('r', 'p', 'v', 'S') and relnamespace in (select oid from pg_namespace where nspname in ('public', 'pgboss'))
  union all select 'function ' || oid::regprocedure || ' ' || prosecdef || proowner::regrole || coalesce(proacl::text, '') || md5(prosrc) from pg_proc
    where pronamespace in (select oid from pg_namespace where nspname in ('public', 'pgboss'))
  union all select 'type ' || typname from pg_type where typtype = 'e'
  order by 1`;

/** A database with nothing in it, as the owner gets it. */
async function createEmptyDatabase() {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const asSuperuser = async (sql: string) => {
    const client = new pg.Client({ connectionString: urlOf('superuser', 'postgres') });
    await client.connect();
    try {
      await client.query(sql);
    } finally {
      await client.end();
    }
  };
  await asSuperuser(`create database ${name} template template0 encoding 'UTF8' owner toolbox_owner`);
  const url = (login: Login) => urlOf(login, name);
  return {
    url,
    async lines(): Promise<string[]> {
      const client = new pg.Client({ connectionString: url('owner') });
      await client.connect();
      try {
        return (await client.query<{ line: string }>(fingerprintSql)).rows.map(({ line }) => line);
      } finally {
        await client.end();
      }
    },
    drop: () => asSuperuser(`drop database ${name} with (force)`),
  };
}

const isOfMigrator = (line: string) => /\bmigration(_|\b)/.test(line);

describe('the migrations', () => {
  let database: Awaited<ReturnType<typeof createEmptyDatabase>>;
  beforeEach(async () => {
    database = await createEmptyDatabase();
  });
  afterEach(() => database.drop());

  async function migrator(login: Login = 'owner') {
    return createMigrations(database.url(login), entities);
  }

  it('go up, all the way down, and up again to the same database', async () => {
    const migrations = await migrator();
    const names = await migrations.up();
    expect(names.length).toBeGreaterThan(0);
    expect(names).toEqual(names.toSorted());
    const first = await database.lines();

    const [newest, ...older] = names.toReversed();
    expect(await migrations.down()).toEqual([newest]);
    expect(await migrations.down('0')).toEqual(older);
    expect((await database.lines()).filter((line) => !isOfMigrator(line))).toEqual([]);
    expect(await migrations.status()).toEqual({ applied: [], pending: names });

    expect(await migrations.up()).toEqual(names);
    expect(await database.lines()).toEqual(first);
    expect(await migrations.up()).toEqual([]);
    expect((await migrations.status()).pending).toEqual([]);
    await migrations.close();
  });

  it('are applied once by two migrators at the same time', async () => {
    const both = [await migrator(), await migrator()];
    const applied = await Promise.all(both.map((migrations) => migrations.up()));
    const names = (await both[0]!.status()).applied.map(({ name }) => name);
    expect(applied.flat().toSorted()).toEqual(names);
    expect(applied.map(({ length }) => length).toSorted()).toEqual([0, names.length]);
    await Promise.all(both.map((migrations) => migrations.close()));
  });

  it('are refused to the login of the running server, which changes nothing', async () => {
    const empty = await database.lines();
    const asApp = await migrator('app');
    await expect(asApp.up()).rejects.toThrow(/permission denied/);
    await asApp.close();
    expect(await database.lines()).toEqual(empty);

    const asOwner = await migrator();
    await asOwner.up();
    const migrated = await database.lines();
    const again = await migrator('app');
    await expect(again.down('0')).rejects.toThrow(/permission denied|must be owner/);
    await Promise.all([again.close(), asOwner.close()]);
    expect(await database.lines()).toEqual(migrated);
  });

  it('make the tables that the entities describe; only the foreign keys to organization are added by hand', async () => {
    const migrations = await migrator();
    await migrations.up();
    await migrations.close();
    const options = ormOptions(entities);
    const orm = await MikroORM.init({
      ...options,
      clientUrl: database.url('owner'),
      schemaGenerator: {
        ...options.schemaGenerator,
        ignorePolicies: true,
        skipTables: [...options.schemaGenerator.skipTables, 'migration'],
      },
    });
    const sql = await orm.schema.getUpdateSchemaSQL({ wrap: false });
    await orm.close(true);
    const statements = sql
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      // No entity describes them; the catalogue's test holds them to their declarations.
      .filter((line) => !line.startsWith('drop function'));
    expect(statements.toSorted()).toEqual(
      ['environment', 'invitation', 'membership'].map(
        (table) => `alter table "${table}" drop constraint "${table}_org_id_foreign";`,
      ),
    );
  });

  it('have a snapshot of the entities as they are now', async () => {
    const offline = await createMigrations(null, entities);
    expect(await offline.isOutOfStep()).toBe(false);
    await offline.close();
  });
});

describe('a migration over the rows of two organizations', () => {
  let database: TestDatabase;
  let owner: pg.Client;
  const orgs = [v7(), v7()];
  beforeAll(async () => {
    database = await createTestDatabase();
    const account = v7();
    await database.query(
      'app',
      `insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at, created_at, updated_at)
       values ($1, 'a@example.com', 'a@example.com', 'a', 'a', 'A', '', now(), now(), now())`,
      [account],
    );
    const app = new pg.Client({ connectionString: database.url('app') });
    await app.connect();
    for (const orgId of orgs) {
      await app.query('begin');
      await app.query(`select set_config('app.org', $1, true)`, [orgId]);
      await app.query(
        `insert into organization (id, name, created_at, updated_at) values ($1, '', now(), now())`,
        [orgId],
      );
      await app.query(
        `insert into environment (org_id, id, owner_id, name, description, status, created_at, updated_at)
         select $1, gen_random_uuid(), $2, 'n' || i, '', 'draft', now(), now() from generate_series(1, 3) i`,
        [orgId, account],
      );
      await app.query('commit');
    }
    await app.end();
    owner = new pg.Client({ connectionString: database.url('owner') });
    await owner.connect();
  });
  beforeEach(() => owner.query('begin'));
  afterEach(() => owner.query('rollback'));
  afterAll(async () => {
    await owner.end();
    await database.drop();
  });

  const countByOrg = async (where: string) => {
    const sql = `select org_id, count(*)::int from environment where ${where} group by 1 order by 1`;
    return (await owner.query<{ org_id: string; count: number }>(sql)).rows;
  };
  const threeEach = orgs.toSorted().map((org_id) => ({ org_id, count: 3 }));

  it('backfills them all', async () => {
    await owner.query('alter table environment add column slug text');
    const { rowCount } = await owner.query('update environment set slug = name');
    expect(rowCount).toBe(6);
    await owner.query('alter table environment alter column slug set not null');
    expect(await countByOrg('slug = name')).toEqual(threeEach);
  });

  it('deletes and validates over them all', async () => {
    await owner.query(`alter table environment add constraint short check (length(name) < 2) not valid`);
    await expect(owner.query('alter table environment validate constraint short')).rejects.toMatchObject({
      code: '23514',
    });
    await owner.query('rollback');
    await owner.query('begin');
    expect((await owner.query('delete from environment')).rowCount).toBe(6);
  });

  /** A table whose rows point at environments, the last of them at none. */
  async function createNotes({ ownerSees }: { ownerSees: boolean }): Promise<void> {
    await owner.query(
      `create table note (org_id uuid not null, id uuid not null, environment_id uuid not null, primary key (org_id, id))`,
    );
    await owner.query(`insert into note select org_id, gen_random_uuid(), id from environment`);
    await owner.query(`insert into note values ($1, gen_random_uuid(), gen_random_uuid())`, [orgs[1]]);
    await owner.query('alter table note enable row level security');
    await owner.query('alter table note force row level security');
    if (ownerSees)
      await owner.query(
        'create policy note_owner_all on note to toolbox_owner using (true) with check (true)',
      );
  }
  const addKey = `alter table note add constraint note_environment foreign key (org_id, environment_id)
    references environment (org_id, id) on delete cascade`;

  it('is refused a foreign key over orphans', async () => {
    await createNotes({ ownerSees: true });
    await expect(owner.query(addKey)).rejects.toMatchObject({ code: '23503' });
  });

  it('is refused its later validation', async () => {
    await createNotes({ ownerSees: true });
    await owner.query(`${addKey} not valid`);
    await expect(owner.query('alter table note validate constraint note_environment')).rejects.toMatchObject({
      code: '23503',
    });
  });

  it('needs the policy owner_all for that: without it the orphans would go unseen', async () => {
    await createNotes({ ownerSees: false });
    expect((await owner.query('select from note')).rowCount).toBe(0);
    await owner.query(addKey);
  });
});
