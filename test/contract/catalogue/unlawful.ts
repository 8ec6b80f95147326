const tenantPolicy = `(org_id = (select nullif(current_setting('app.org', true), '')::uuid))`;

/** A table that keeps every rule, for the cases that break one of them. */
export const lawful = `
  create table thing (org_id uuid not null, id uuid not null, name text, primary key (org_id, id));
  alter table thing owner to toolbox_owner;
  alter table thing enable row level security;
  alter table thing force row level security;
  create policy thing_tenant on thing to toolbox_app using ${tenantPolicy} with check ${tenantPolicy};
  create policy thing_owner_all on thing to toolbox_owner using (true) with check (true);
  grant select, insert, update, delete on thing to toolbox_app;`;

/** Another one, to refer to it. */
export const child = lawful.replaceAll('thing', 'part').replace('name text', 'thing_id uuid');

/** What is done, in which SQL, and what the fault has to say. Each breaks one rule. */
export const unlawful: [what: string, sql: string, fault: string][] = [
  [
    'a table has no org_id',
    `create table thing (id uuid primary key); alter table thing owner to toolbox_owner;`,
    'has no org_id',
  ],
  [
    'org_id may be null',
    lawful
      .replace('primary key (org_id, id)', 'unique (org_id, id)')
      .replace('org_id uuid not null', 'org_id uuid'),
    'has no org_id uuid not null',
  ],
  [
    'org_id is a text',
    lawful.replace('org_id uuid not null', 'org_id text not null').replaceAll(tenantPolicy, '(true)'),
    'has no org_id uuid',
  ],
  [
    'the primary key is the id alone',
    lawful.replace('primary key (org_id, id)', 'primary key (id)'),
    'has the primary key (id)',
  ],
  [
    'the primary key begins with the id',
    lawful.replace('primary key (org_id, id)', 'primary key (id, org_id)'),
    'has the primary key (id,org_id)',
  ],
  [
    'row-level security is off',
    `${lawful} alter table thing disable row level security;`,
    'thing has no row-level security',
  ],
  [
    'row-level security is not forced',
    `${lawful} alter table thing no force row level security;`,
    'thing does not force',
  ],
  [
    'a declared table loses its row-level security',
    `alter table organization disable row level security;`,
    'organization has no row-level security',
  ],
  [
    'a runtime role owns a table',
    `${lawful} alter table thing owner to toolbox_app;`,
    'table thing is owned by toolbox_app',
  ],
  [
    'a table is partitioned by an undeclared parent',
    `${lawful} create table leaf () inherits (thing); alter table leaf owner to toolbox_owner;`,
    'leaf inherits from thing',
  ],
  [
    'a partition does not force row-level security',
    `alter table event_default no force row level security;`,
    'event_default does not force',
  ],
  [
    'a partition is granted by itself',
    `grant select on event_default to toolbox_app;`,
    'toolbox_app may SELECT on public.event_default',
  ],
  [
    'a partition has a policy of its own',
    `create policy own on event_default to toolbox_app using (true);`,
    'policy own of event_default is not declared',
  ],
  ['a declared table is gone', `drop table event_epoch;`, 'event_epoch is declared and missing'],

  [
    'the tenant policy is missing',
    `${lawful} drop policy thing_tenant on thing;`,
    'policy thing_tenant of thing is missing',
  ],
  [
    'the tenant policy has no WITH CHECK',
    lawful.replace(/with check \(org_id[^;]*/, ''),
    'policy thing_tenant of thing is {',
  ],
  [
    'the tenant policy lets everything be written',
    lawful.replace(/with check \(org_id[^;]*/, 'with check (true)'),
    'policy thing_tenant of thing is {',
  ],
  [
    'the tenant policy compares the user',
    lawful.replaceAll('app.org', 'app.user'),
    'policy thing_tenant of thing is {',
  ],
  [
    'the tenant policy adds an OR',
    lawful.replaceAll(tenantPolicy, `(org_id is not null or ${tenantPolicy})`),
    'policy thing_tenant of thing is {',
  ],
  [
    'the tenant policy is for everybody',
    lawful.replace('to toolbox_app', 'to public'),
    'policy thing_tenant of thing is {',
  ],
  [
    'the tenant policy reads only',
    lawful.replace(
      /on thing to toolbox_app using (.*) with check [^;]*/,
      'on thing for select to toolbox_app using $1',
    ),
    'policy thing_tenant of thing is {',
  ],
  [
    'migrations would be blind',
    `${lawful} drop policy thing_owner_all on thing;`,
    'policy thing_owner_all of thing is missing',
  ],
  [
    'a table gets another policy',
    `create policy more on environment to toolbox_app using (true);`,
    'policy more of environment is not declared',
  ],
  [
    'a global table gets a policy',
    `create policy more on account to toolbox_app using (true);`,
    'policy more of account is not declared',
  ],
  [
    'a declared policy is loosened',
    `alter policy membership_own_read on membership using (true);`,
    'policy membership_own_read of membership is {',
  ],
  [
    'a declared policy is for another role',
    `alter policy invitation_lookup on invitation to toolbox_app;`,
    'policy invitation_lookup of invitation is {',
  ],

  [
    'an index does not begin with org_id',
    `${lawful} create index thing_name on thing (name);`,
    'index thing_name of thing begins with name',
  ],
  [
    'an index begins with an expression',
    `${lawful} create index thing_name on thing (lower(name));`,
    'index thing_name of thing begins with an expression',
  ],
  [
    'a name is unique over all organizations',
    `${lawful} alter table thing add constraint thing_unique unique (name);`,
    'index thing_unique of thing begins with name',
  ],
  [
    'a foreign key leaves out the organization',
    `${lawful} ${child} alter table thing add constraint lone unique (id); alter table part add constraint crossing foreign key (thing_id) references thing (id) on delete cascade;`,
    'foreign key crossing of part can cross',
  ],
  [
    'a global table refers to a tenant table',
    `alter table environment add constraint lone unique (id); alter table session add column environment_id uuid, add constraint crossing foreign key (environment_id) references environment (id) on delete cascade;`,
    'foreign key crossing of session can cross',
  ],
  [
    'a foreign key has no delete rule',
    `${lawful} ${child} alter table part add constraint part_thing foreign key (org_id, thing_id) references thing (org_id, id);`,
    'part_thing of part has no delete rule',
  ],
  [
    'a foreign key would empty org_id',
    `${lawful} ${child} alter table part add constraint part_thing foreign key (org_id, thing_id) references thing (org_id, id) on delete set null;`,
    'part_thing of part empties org_id',
  ],

  ['there is a view', `create view seen as select * from environment;`, 'seen is a view'],
  [
    'there is a materialized view',
    `create materialized view seen as select * from environment;`,
    'seen is a view',
  ],
  [
    'everybody may read a table',
    `grant select on environment to public;`,
    'PUBLIC may SELECT on public.environment',
  ],
  [
    'everybody may read one column',
    `grant select (name) on environment to public;`,
    'PUBLIC may SELECT on public.environment',
  ],
  [
    'the app may truncate',
    `grant truncate on environment to toolbox_app;`,
    'toolbox_app may TRUNCATE on public.environment',
  ],
  [
    'the app may pass a grant on',
    `grant select on environment to toolbox_app with grant option;`,
    'toolbox_app may SELECT on public.environment',
  ],
  [
    'the app may change published events',
    `grant update on event to toolbox_app;`,
    'toolbox_app may UPDATE on public.event',
  ],
  [
    'the relay may read a domain',
    `grant select on environment to toolbox_relay;`,
    'toolbox_relay may SELECT on public.environment',
  ],
  [
    'the lookup role reads more',
    `grant select on membership to toolbox_lookup;`,
    'toolbox_lookup may SELECT on public.membership',
  ],
  [
    'the relay may delete jobs',
    `grant delete on pgboss.job to toolbox_relay;`,
    'toolbox_relay may DELETE on pgboss.job',
  ],
  [
    'the relay may write another table of the queues',
    `grant insert on pgboss.queue to toolbox_relay;`,
    'toolbox_relay may INSERT on pgboss.queue',
  ],
  [
    'the app may set a sequence back',
    `grant update on sequence event_seq to toolbox_app;`,
    'toolbox_app may UPDATE on public.event_seq',
  ],
  ['there is another sequence', `create sequence counter;`, 'sequence counter is not declared'],
  [
    'the app may create tables',
    `grant create on schema public to toolbox_app;`,
    'toolbox_app may CREATE in schema public',
  ],
  ['there is another schema', `create schema hidden;`, 'schema hidden is not declared'],
  [
    'later tables are granted by default',
    `alter default privileges for role toolbox_owner in schema public grant select on tables to toolbox_app;`,
    'default privileges of toolbox_owner',
  ],

  [
    'there is another function',
    `create function peek() returns int language sql security definer set search_path = '' as 'select 1';`,
    'function peek() is not declared',
  ],
  [
    'a function is called by everybody',
    `grant execute on function event_stream_heads(uuid[]) to public;`,
    'may be called by PUBLIC,toolbox_app',
  ],
  [
    'a function is called by another role',
    `grant execute on function event_partition_drop(int) to toolbox_relay;`,
    'may be called by toolbox_app,toolbox_relay',
  ],
  [
    'a function follows the search path of its caller',
    `alter function invitation_by_token_hash(bytea) reset search_path;`,
    'has no fixed search_path',
  ],
  [
    'a function looks into public first',
    `alter function invitation_by_token_hash(bytea) set search_path = public;`,
    'has no fixed search_path',
  ],
  [
    'a lookup function runs as the owner',
    `alter function invitation_by_token_hash(bytea) owner to toolbox_owner;`,
    'is owned by toolbox_owner',
  ],
  [
    'a function becomes SECURITY DEFINER',
    `alter function event_epoch_refresh() security definer;`,
    'event_epoch_refresh() is SECURITY DEFINER',
  ],
  [
    'a function of a vendor becomes SECURITY DEFINER',
    `alter function pgboss.job_now() security definer;`,
    'of a vendor is SECURITY DEFINER',
  ],

  [
    'a runtime role belongs to the owner',
    `grant toolbox_owner to toolbox_app;`,
    'role toolbox_app is a member of toolbox_owner',
  ],
];
