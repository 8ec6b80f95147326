import { Migration } from '@mikro-orm/migrations';

export class Migration20261120000300_tables extends Migration {
  override up(): void {
    this.addSql(
      `create table "account" ("id" uuid not null, "email" text not null, "email_key" text not null, "username" text not null, "username_key" text not null, "name" text not null, "password_hash" text not null, "platform_admin" boolean not null default false, "email_verified_at" timestamptz(3) not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );
    this.addSql(`alter table "account" add constraint "account_email_key_unique" unique ("email_key");`);
    this.addSql(
      `alter table "account" add constraint "account_username_key_unique" unique ("username_key");`,
    );

    this.addSql(
      `create table "environment" ("org_id" uuid not null, "id" uuid not null, "owner_id" uuid not null, "name" text not null, "description" text not null, "status" text not null, "status_before_archive" text null, "revision" int not null default 1, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, "deleted_at" timestamptz(3) null, primary key ("org_id", "id"));`,
    );
    this.addSql(
      `create index "environment_newest" on "environment" ("org_id", "created_at" desc, "id" desc) where deleted_at is null;`,
    );
    this.addSql(
      `create index "environment_newest_of_owner" on "environment" ("org_id", "owner_id", "created_at" desc, "id" desc) where deleted_at is null;`,
    );

    this.addSql(
      `create table "idempotency_key" ("org_id" uuid not null, "id" uuid not null, "operation" text not null, "input_hash" text not null, "answer" jsonb not null, "expires_at" timestamptz(3) not null, primary key ("org_id", "id"));`,
    );
    this.addSql(`create index "idempotency_key_expires_at" on "idempotency_key" ("expires_at");`);

    this.addSql(
      `create table "invitation" ("org_id" uuid not null, "id" uuid not null, "email" text not null, "email_key" text not null, "role" text not null, "token_hash" bytea not null, "key_id" text not null, "invited_by" uuid not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "accepted_at" timestamptz(3) null, "withdrawn_at" timestamptz(3) null, primary key ("org_id", "id"));`,
    );
    this.addSql(`create index "invitation_token_hash_index" on "invitation" ("token_hash");`);
    this.addSql(`create index "invitation_org_created" on "invitation" ("org_id", "created_at", "id");`);
    this.addSql(
      `create unique index "invitation_open_email" on "invitation" ("org_id", "email_key") where accepted_at is null and withdrawn_at is null;`,
    );

    this.addSql(
      `create table "mail_message" ("org_id" uuid not null, "id" uuid not null, "template" text not null, "subject_id" uuid not null, "event_id" uuid not null, "status" text not null, "attempts" int not null default 0, "unconfirmed_attempts" int not null default 0, "last_error" text null, "provider" text null, "provider_message_id" text null, "created_at" timestamptz(3) not null, "sent_at" timestamptz(3) null, primary key ("org_id", "id"));`,
    );
    this.addSql(
      `create index "mail_message_org_status" on "mail_message" ("org_id", "status", "created_at");`,
    );
    this.addSql(
      `alter table "mail_message" add constraint "mail_message_event_template" unique ("org_id", "event_id", "template");`,
    );

    this.addSql(
      `create table "membership" ("org_id" uuid not null, "id" uuid not null, "user_id" uuid not null, "role" text not null, "version" bigint not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("org_id", "id"));`,
    );
    this.addSql(`create index "membership_user" on "membership" ("user_id");`);
    this.addSql(`create index "membership_org_created" on "membership" ("org_id", "created_at", "id");`);
    this.addSql(
      `alter table "membership" add constraint "membership_org_user" unique ("org_id", "user_id");`,
    );

    this.addSql(
      `create table "organization" ("id" uuid not null, "name" text not null, "created_at" timestamptz(3) not null, "updated_at" timestamptz(3) not null, primary key ("id"));`,
    );

    this.addSql(
      `create table "registration" ("id" uuid not null, "email" text not null, "email_key" text not null, "username" text not null, "username_key" text not null, "name" text not null, "password_hash" text null, "token_hash" bytea not null, "key_id" text not null, "created_at" timestamptz(3) not null, "mail_requested_at" timestamptz(3) null, "expires_at" timestamptz(3) not null, "used_at" timestamptz(3) null, primary key ("id"));`,
    );
    this.addSql(`create index "registration_email_created" on "registration" ("email_key", "created_at");`);
    this.addSql(
      `create index "registration_username_created" on "registration" ("username_key", "created_at");`,
    );
    this.addSql(`create index "registration_expires" on "registration" ("expires_at");`);
    this.addSql(
      `alter table "registration" add constraint "registration_token_hash_unique" unique ("token_hash");`,
    );

    this.addSql(
      `create table "session" ("id" uuid not null, "account_id" uuid not null, "active_org_id" uuid null, "address" text null, "user_agent" text null, "created_at" timestamptz(3) not null, "last_seen_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "ended_at" timestamptz(3) null, "end_reason" text null, primary key ("id"));`,
    );
    this.addSql(`create index "session_account_created" on "session" ("account_id", "created_at");`);
    this.addSql(`create index "session_ended" on "session" ("ended_at");`);
    this.addSql(`create index "session_expires" on "session" ("expires_at");`);

    this.addSql(
      `create table "refresh_token" ("id" uuid not null, "session_id" uuid not null, "token_hash" bytea not null, "key_id" text not null, "created_at" timestamptz(3) not null, "expires_at" timestamptz(3) not null, "spent_at" timestamptz(3) null, "successor_id" uuid null, primary key ("id"));`,
    );
    this.addSql(`create index "refresh_token_session_id_index" on "refresh_token" ("session_id");`);
    this.addSql(`create index "refresh_token_expires" on "refresh_token" ("expires_at");`);
    this.addSql(
      `alter table "refresh_token" add constraint "refresh_token_token_hash_unique" unique ("token_hash");`,
    );

    this.addSql(
      `alter table "environment" add constraint "environment_owner_id_foreign" foreign key ("owner_id") references "account" ("id") on update no action on delete restrict;`,
    );
    this.addSql(
      `alter table "environment" add constraint "environment_status_check" check ("status" in ('draft', 'published', 'archived'));`,
    );
    this.addSql(
      `alter table "environment" add constraint "environment_status_before_archive_check" check ("status_before_archive" in ('draft', 'published', 'archived'));`,
    );
    this.addSql(`alter table "environment" enable row level security;`);
    this.addSql(`alter table "environment" force row level security;`);
    this.addSql(
      `create policy "environment_tenant" on "environment" to "toolbox_app" using (org_id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (org_id = (select nullif(current_setting('app.org', true), '')::uuid));`,
    );
    this.addSql(
      `create policy "environment_owner_all" on "environment" to "toolbox_owner" using (true) with check (true);`,
    );

    this.addSql(`alter table "idempotency_key" enable row level security;`);
    this.addSql(`alter table "idempotency_key" force row level security;`);
    this.addSql(
      `create policy "idempotency_key_tenant" on "idempotency_key" to "toolbox_app" using (org_id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (org_id = (select nullif(current_setting('app.org', true), '')::uuid));`,
    );
    this.addSql(
      `create policy "idempotency_key_owner_all" on "idempotency_key" to "toolbox_owner" using (true) with check (true);`,
    );
    this.addSql(
      `create policy "idempotency_key_own" on "idempotency_key" to "toolbox_app" using (org_id = (select nullif(current_setting('app.user', true), '')::uuid)) with check (org_id = (select nullif(current_setting('app.user', true), '')::uuid));`,
    );

    this.addSql(
      `alter table "invitation" add constraint "invitation_invited_by_foreign" foreign key ("invited_by") references "account" ("id") on update no action on delete cascade;`,
    );
    this.addSql(
      `alter table "invitation" add constraint "invitation_role_check" check ("role" in ('owner', 'admin', 'member', 'viewer'));`,
    );
    this.addSql(`alter table "invitation" enable row level security;`);
    this.addSql(`alter table "invitation" force row level security;`);
    this.addSql(
      `create policy "invitation_tenant" on "invitation" to "toolbox_app" using (org_id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (org_id = (select nullif(current_setting('app.org', true), '')::uuid));`,
    );
    this.addSql(
      `create policy "invitation_owner_all" on "invitation" to "toolbox_owner" using (true) with check (true);`,
    );

    this.addSql(
      `alter table "mail_message" add constraint "mail_message_status_check" check ("status" in ('queued', 'sending', 'sent', 'failed', 'skipped'));`,
    );
    this.addSql(`alter table "mail_message" enable row level security;`);
    this.addSql(`alter table "mail_message" force row level security;`);
    this.addSql(
      `create policy "mail_message_tenant" on "mail_message" to "toolbox_app" using (org_id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (org_id = (select nullif(current_setting('app.org', true), '')::uuid));`,
    );
    this.addSql(
      `create policy "mail_message_owner_all" on "mail_message" to "toolbox_owner" using (true) with check (true);`,
    );

    this.addSql(
      `alter table "membership" add constraint "membership_user_id_foreign" foreign key ("user_id") references "account" ("id") on update no action on delete cascade;`,
    );
    this.addSql(
      `alter table "membership" add constraint "membership_role_check" check ("role" in ('owner', 'admin', 'member', 'viewer'));`,
    );
    this.addSql(`alter table "membership" enable row level security;`);
    this.addSql(`alter table "membership" force row level security;`);
    this.addSql(
      `create policy "membership_tenant" on "membership" to "toolbox_app" using (org_id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (org_id = (select nullif(current_setting('app.org', true), '')::uuid));`,
    );
    this.addSql(
      `create policy "membership_owner_all" on "membership" to "toolbox_owner" using (true) with check (true);`,
    );
    this.addSql(
      `create policy "membership_own_read" on "membership" for select to "toolbox_app" using (user_id = (select nullif(current_setting('app.user', true), '')::uuid));`,
    );

    this.addSql(`alter table "organization" enable row level security;`);
    this.addSql(`alter table "organization" force row level security;`);
    this.addSql(
      `create policy "organization_tenant" on "organization" to "toolbox_app" using (id = (select nullif(current_setting('app.org', true), '')::uuid)) with check (id = (select nullif(current_setting('app.org', true), '')::uuid));`,
    );
    this.addSql(
      `create policy "organization_members_read" on "organization" for select to "toolbox_app" using (id in (select m.org_id from membership m where m.user_id = (select nullif(current_setting('app.user', true), '')::uuid)));`,
    );
    this.addSql(
      `create policy "organization_owner_all" on "organization" to "toolbox_owner" using (true) with check (true);`,
    );

    this.addSql(
      `alter table "session" add constraint "session_account_id_foreign" foreign key ("account_id") references "account" ("id") on update no action on delete cascade;`,
    );
    this.addSql(
      `alter table "session" add constraint "session_end_reason_check" check ("end_reason" in ('signed-out', 'ended-by-user', 'refresh-token-reused'));`,
    );

    this.addSql(
      `alter table "refresh_token" add constraint "refresh_token_session_id_foreign" foreign key ("session_id") references "session" ("id") on update no action on delete cascade;`,
    );

    for (const table of ['membership', 'invitation', 'environment']) {
      this.addSql(
        `alter table ${table} add constraint ${table}_org_id_foreign foreign key (org_id) references organization (id) on update no action on delete cascade;`,
      );
    }
    this.addSql(`create sequence membership_version_seq;`);
    this.#grants();
    this.#invitationLookup();
    this.#idempotencyPurge();
  }

  override down(): void {
    this.addSql(`drop function idempotency_key_purge(int);`);
    this.addSql(`drop function invitation_by_token_hash(bytea);`);
    this.addSql(`drop policy organization_members_read on organization;`);
    for (const table of [
      'idempotency_key',
      'environment',
      'mail_message',
      'invitation',
      'membership',
      'organization',
      'refresh_token',
      'session',
      'registration',
      'account',
    ]) {
      this.addSql(`drop table ${table};`);
    }
    this.addSql(`drop sequence membership_version_seq;`);
  }

  #grants(): void {
    const changed = 'account, registration, session, refresh_token, organization, membership, invitation';
    this.addSql(`grant select, insert, update on ${changed}, mail_message, environment to toolbox_app;`);
    this.addSql(`grant delete on membership, account, registration, session, refresh_token to toolbox_app;`);
    this.addSql(`grant select, insert, update, delete on idempotency_key to toolbox_app;`);
    this.addSql(`grant usage on sequence membership_version_seq to toolbox_app;`);
  }

  /** Whoever holds an invitation's token may learn which organization it is for, and nothing else. */
  #invitationLookup(): void {
    this.addSql(`create policy invitation_lookup on invitation for select to toolbox_lookup using (true);`);
    this.addSql(`grant select on invitation to toolbox_lookup;`);
    this.addSql(`create function invitation_by_token_hash(hash bytea) returns table (org_id uuid, id uuid)
      language sql stable security definer set search_path = '' as $$
      select i.org_id, i.id from public.invitation i where i.token_hash = hash
    $$;`);
    this.addSql(`revoke all on function invitation_by_token_hash(bytea) from public;`);
    this.addSql(`grant execute on function invitation_by_token_hash(bytea) to toolbox_app;`);
    this.addSql(`grant create on schema public to toolbox_lookup;`);
    this.addSql(`alter function invitation_by_token_hash(bytea) owner to toolbox_lookup;`);
    this.addSql(`revoke create on schema public from toolbox_lookup;`);
  }

  /** Forgets expired keys of every organization, which the app itself cannot see across. */
  #idempotencyPurge(): void {
    this.addSql(`create function idempotency_key_purge(max_rows int) returns int
      language sql security definer set search_path = '' as $$
      with gone as (
        delete from public.idempotency_key k using (
          select org_id, id from public.idempotency_key where expires_at <= now() limit max_rows
        ) expired
        where k.org_id = expired.org_id and k.id = expired.id
        returning 1
      )
      select count(*)::int from gone
    $$;`);
    this.addSql(`revoke all on function idempotency_key_purge(int) from public;`);
    this.addSql(`grant execute on function idempotency_key_purge(int) to toolbox_app;`);
  }
}
