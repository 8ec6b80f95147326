import { mkdtemp, rm } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { entities } from '../../src/app/entities.js';
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.js';
import { bootstrapRoles, ensureDatabase } from '../../src/kernel/database/bootstrap-roles.js';
import { createMigrations } from '../../src/kernel/database/migrations.js';

export interface BenchDatabase {
  url: (login: 'owner' | 'app' | 'relay') => string;
  superuserUrl: string;
  /** Of the postmaster: its children are the backends. */
  pid: number;
  stop(): Promise<void>;
}

/** A migrated PostgreSQL of the benchmark's own, durable as in production. */
export async function startBenchDatabase(): Promise<BenchDatabase> {
  const directory = await mkdtemp(path.join(tmpdir(), 'toolbox-bench-'));
  const log = { info: () => undefined, warn: () => undefined };
  const settings = { shared_buffers: '512MB', max_connections: '200' };
  const server = await startEmbeddedPostgres({ stateDirectory: directory, log, settings });
  const passwords = { owner: 'owner', app: 'app', relay: 'relay', admin: 'admin' };
  await ensureDatabase(server.superuserUrl, 'toolbox');
  const superuserUrl = new URL('/toolbox', server.superuserUrl).href;
  await bootstrapRoles(superuserUrl, 'toolbox', passwords);
  const url = (login: keyof typeof passwords) =>
    `postgres://toolbox_${login}:${passwords[login]}@${server.host}:${server.port}/toolbox`;
  const migrations = await createMigrations(url('owner'), entities);
  await migrations.up();
  await migrations.close();
  const pid = Number(readFileSync(path.join(server.dataDirectory, 'postmaster.pid'), 'utf8').split('\n')[0]);
  return {
    url,
    superuserUrl,
    pid,
    async stop() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface SeededUser {
  userId: string;
  orgId: string;
  membershipVersion: number;
}

/**
 * 100 organizations of 100 people, with so many environments in all, spread evenly: ten for each person, most of them published.
 * @returns one person in four, for the requests.
 */
export async function seed(database: BenchDatabase, environments: number): Promise<SeededUser[]> {
  const client = new pg.Client({ connectionString: database.superuserUrl });
  await client.connect();
  // Stable ids of the form of a UUIDv4.
  const id = (kind: string, n: string) =>
    `overlay(overlay(md5('${kind}' || ${n}) placing '4' from 13) placing '8' from 17)::uuid`;
  await client.query(`
    insert into account (id, email, email_key, username, username_key, name, password_hash, email_verified_at, created_at, updated_at)
      select ${id('account', 'n')}, 'u' || n || '@example.com', 'u' || n || '@example.com', 'u' || n, 'u' || n,
        'Teacher ' || n, 'x', now(), now(), now() from generate_series(0, 9999) n;
    insert into organization (id, name, created_at, updated_at)
      select ${id('org', 'n')}, 'School ' || n, now(), now() from generate_series(0, 99) n;
    insert into membership (org_id, id, user_id, role, version, created_at, updated_at)
      select ${id('org', '(n % 100)')}, ${id('membership', 'n')}, ${id('account', 'n')}, 'member', 1, now(), now()
      from generate_series(0, 9999) n;
    insert into environment (org_id, id, owner_id, name, description, status, revision, created_at, updated_at)
      select ${id('org', '(n % 100)')}, ${id('environment', 'n')}, ${id('account', '(n % 10000)')}, 'Environment ' || n,
        'A lesson about volcanoes and how they erupt, number ' || n, case when (n / 100) % 10 < 7 then 'published' else 'draft' end, 1,
        now() - n * interval '1 second', now() from generate_series(0, ${environments - 1}) n;`);
  await client.query('vacuum analyze');
  await client.query('checkpoint');
  const { rows } = await client.query<SeededUser>(
    `select user_id as "userId", org_id as "orgId", version::int as "membershipVersion" from membership
     order by id limit 2500`,
  );
  await client.end();
  return rows;
}
