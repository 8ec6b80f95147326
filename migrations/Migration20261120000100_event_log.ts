import { Migration } from '@mikro-orm/migrations';

const currentOrg = `(select nullif(current_setting('app.org', true), '')::uuid)`;
const currentUser = `(select nullif(current_setting('app.user', true), '')::uuid)`;
const platform = `'00000000-0000-0000-0000-000000000000'::uuid`;

/**
 * The event log: outbox, live events and resume in one. Partitioned by the day that the UUIDv7 of each event
 * carries, so that old days are dropped and not deleted.
 */
export class Migration20261120000100_event_log extends Migration {
  override up(): void {
    this.addSql(`revoke create on schema public from public;`);
    this.addSql(`grant usage on schema public to toolbox_app, toolbox_relay, toolbox_admin, toolbox_lookup;`);
    // A process refuses to start on a database that lacks migrations of its release.
    this.addSql(`grant select on migration to toolbox_app;`);
    this.#log();
    this.#partitions();
    this.#streams();
    this.#epoch();
  }

  override down(): void {
    this.addSql(`revoke select on migration from toolbox_app;`);
    this.addSql(`drop function event_epoch_refresh();`);
    this.addSql(`drop table event_epoch;`);
    this.addSql(`drop function event_stream_heads(uuid[]);`);
    this.addSql(`drop function event_partition_drop(int);`);
    this.addSql(`drop function event_partition_ensure(int);`);
    this.addSql(`drop function event_id_floor(date);`);
    this.addSql(`drop table event_stream;`);
    this.addSql(`drop table event;`);
    this.addSql(`drop sequence event_seq;`);
  }

  #log(): void {
    // Not an identity column: PostgreSQL below 17 has none on partitioned tables. Cache 1 keeps commit order.
    this.addSql(`create sequence event_seq cache 1;`);
    this.addSql(`create table event (
      org_id uuid not null,
      id uuid not null,
      seq bigint not null default nextval('event_seq'),
      shard smallint not null,
      audience text not null check (audience in ('org', 'user', 'system')),
      user_id uuid null,
      type text not null,
      subject_id uuid not null,
      actor_id uuid null,
      payload jsonb not null,
      occurred_at timestamptz(3) not null,
      position bigint null,
      published_at timestamptz(3) null,
      primary key (org_id, id),
      constraint event_user_audience check ((audience = 'user') = (user_id is not null))
    ) partition by range (id);`);
    this.addSql(`create index event_unpublished on event (shard, seq) where position is null;`);
    this.addSql(`create index event_position on event (org_id, position) where position is not null;`);
    this.addSql(
      `create index event_user_position on event (org_id, user_id, position) where user_id is not null;`,
    );
    this.addSql(`create table event_default partition of event default;`);
    this.addSql(`alter table event_default enable row level security;`);
    this.addSql(`alter table event_default force row level security;`);
    this.addSql(`alter table event enable row level security;`);
    this.addSql(`alter table event force row level security;`);
    this.addSql(`create policy event_tenant_read on event for select to toolbox_app
      using (org_id = ${currentOrg} or (org_id = ${platform} and user_id = ${currentUser}));`);
    // Whatever the organization, a change may also concern the platform: an ended session, a lost membership.
    this.addSql(`create policy event_tenant_write on event for insert to toolbox_app
      with check (org_id = ${currentOrg} or org_id = ${platform});`);
    this.addSql(`create policy event_relay_read on event for select to toolbox_relay using (true);`);
    this.addSql(
      `create policy event_relay_publish on event for update to toolbox_relay using (true) with check (true);`,
    );
    this.addSql(`create policy event_owner_all on event to toolbox_owner using (true) with check (true);`);
    this.addSql(`grant select, insert on event to toolbox_app;`);
    this.addSql(`grant select on event to toolbox_relay;`);
    this.addSql(`grant update (position, published_at) on event to toolbox_relay;`);
    this.addSql(`grant usage on sequence event_seq to toolbox_app;`);
  }

  #partitions(): void {
    this
      .addSql(`create function event_id_floor(day date) returns uuid language sql immutable set search_path = '' as $$
      select (substr(h, 1, 8) || '-' || substr(h, 9, 4) || '-0000-0000-000000000000')::uuid
      from (select lpad(to_hex((extract(epoch from day::timestamp) * 1000)::bigint), 12, '0') as h) as hex
    $$;`);
    this.addSql(`revoke all on function event_id_floor(date) from public;`);
    this.addSql(`create function event_partition_ensure(days_ahead int) returns int
      language plpgsql security definer set search_path = '' set lock_timeout = '2s' as $$
      declare
        first_day date := (now() at time zone 'UTC')::date - 1;
        name text;
        made int := 0;
      begin
        perform pg_advisory_xact_lock(hashtext('event_partition'));
        for i in 0 .. days_ahead + 1 loop
          name := 'event_' || to_char(first_day + i, 'YYYYMMDD');
          continue when to_regclass('public.' || name) is not null;
          begin
            execute format('create table public.%I (like public.event including all)', name);
            execute format('alter table public.%I enable row level security', name);
            execute format('alter table public.%I force row level security', name);
            execute format('alter table public.event attach partition public.%I for values from (%L) to (%L)',
              name, public.event_id_floor(first_day + i), public.event_id_floor(first_day + i + 1));
            made := made + 1;
          exception when check_violation then
            -- The default partition already holds rows of that day: they stay there.
            raise warning 'events of % stay in the default partition', first_day + i;
          end;
        end loop;
        return made;
      end $$;`);
    // Scans before it locks: while the lock on the log is held, nobody publishes or reads.
    this.addSql(`create function event_partition_drop(retain_days int) returns int
      language plpgsql security definer set search_path = '' set lock_timeout = '1s' as $$
      declare
        gone date;
        name text;
        of_day text;
        waiting boolean;
        ends jsonb;
      begin
        if retain_days < 1 then
          raise exception 'retain_days is %, and has to be at least 1', retain_days;
        end if;
        perform pg_advisory_xact_lock(hashtext('event_partition'));
        for name in
          select c.relname from pg_catalog.pg_inherits i join pg_catalog.pg_class c on c.oid = i.inhrelid
          where i.inhparent = 'public.event'::regclass and c.relname ~ '^event_\\d{8}$'
            and to_date(right(c.relname, 8), 'YYYYMMDD') < (now() at time zone 'UTC')::date - retain_days
          order by 1
        loop
          gone := to_date(right(name, 8), 'YYYYMMDD');
          -- By way of the log, whose policy for the owner a partition does not have.
          of_day := format('from public.event where id >= %L and id < %L',
            public.event_id_floor(gone), public.event_id_floor(gone + 1));
          execute format('select exists (select %s and position is null)', of_day) into waiting;
          if waiting then
            raise warning 'partition % is kept: it holds unpublished events', name;
            continue;
          end if;
          execute format('select coalesce(jsonb_object_agg(org_id, last), ''{}'')
            from (select org_id, max(position) as last %s group by org_id) s', of_day) into ends;
          lock table only public.event in access exclusive mode;
          execute format('select exists (select %s and position is null)', of_day) into waiting;
          if waiting then
            return 0;
          end if;
          update public.event_stream s set trimmed = greatest(s.trimmed, e.last::bigint)
            from jsonb_each_text(ends) e(org_id, last) where s.org_id = e.org_id::uuid;
          execute format('drop table public.%I', name);
          return 1;
        end loop;
        return 0;
      end $$;`);
    for (const signature of ['event_partition_ensure(int)', 'event_partition_drop(int)']) {
      this.addSql(`revoke all on function ${signature} from public;`);
      this.addSql(`grant execute on function ${signature} to toolbox_app;`);
    }
    this.addSql(`select event_partition_ensure(14);`);
  }

  #streams(): void {
    this.addSql(`create table event_stream (
      org_id uuid primary key,
      position bigint not null,
      trimmed bigint not null default 0
    );`);
    this.addSql(`alter table event_stream enable row level security;`);
    this.addSql(`alter table event_stream force row level security;`);
    this.addSql(`create policy event_stream_tenant_read on event_stream for select to toolbox_app
      using (org_id = ${currentOrg} or org_id = ${platform});`);
    this.addSql(
      `create policy event_stream_relay on event_stream to toolbox_relay using (true) with check (true);`,
    );
    this.addSql(
      `create policy event_stream_lookup on event_stream for select to toolbox_lookup using (true);`,
    );
    this.addSql(
      `create policy event_stream_owner_all on event_stream to toolbox_owner using (true) with check (true);`,
    );
    this.addSql(`grant select on event_stream to toolbox_app, toolbox_lookup;`);
    this.addSql(`grant select, insert, update on event_stream to toolbox_relay;`);
    this
      .addSql(`create function event_stream_heads(org_ids uuid[]) returns table (org_id uuid, "position" bigint)
      language sql stable security definer set search_path = '' as $$
      select s.org_id, s.position from public.event_stream s where s.org_id = any (org_ids)
    $$;`);
    this.addSql(`revoke all on function event_stream_heads(uuid[]) from public;`);
    this.addSql(`grant execute on function event_stream_heads(uuid[]) to toolbox_app;`);
    this.addSql(`grant create on schema public to toolbox_lookup;`);
    this.addSql(`alter function event_stream_heads(uuid[]) owner to toolbox_lookup;`);
    this.addSql(`revoke create on schema public from toolbox_lookup;`);
  }

  #epoch(): void {
    this.addSql(`create table event_epoch (
      only_row boolean primary key default true check (only_row),
      epoch bigint not null,
      identity text not null
    );`);
    this.addSql(`grant select on event_epoch to toolbox_app;`);
    this.addSql(`grant select, update on event_epoch to toolbox_relay;`);
    // A failover changes the timeline, a restore the system or the database: positions begin to mean other events.
    // The timeline of the WAL, as the control file names the old one until the next checkpoint. The epoch jumps to
    // the time, so that two restores of the same backup differ.
    this.addSql(`create function event_epoch_refresh() returns bigint language sql set search_path = '' as $$
      with here as (
        select system_identifier || '/' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) || '/' || oid as identity
        from pg_catalog.pg_control_system(),
          (select oid from pg_catalog.pg_database where datname = current_database()) db
      ),
      raised as (
        update public.event_epoch e
        set epoch = greatest(e.epoch + 1, extract(epoch from now())::bigint), identity = here.identity
        from here where e.identity <> here.identity
        returning e.epoch
      )
      select coalesce((select epoch from raised), (select epoch from public.event_epoch))
    $$;`);
    this.addSql(`revoke all on function event_epoch_refresh() from public;`);
    this.addSql(`grant execute on function event_epoch_refresh() to toolbox_relay;`);
    this.addSql(`insert into event_epoch (epoch, identity) values (0, '');`);
    this.addSql(`select event_epoch_refresh();`);
  }
}
