import { Migration } from '@mikro-orm/migrations';
import { pgBossSchemaSql } from './sql/pg-boss-12.35.generated.js';

/** The job queues. pg-boss itself runs with DML grants and never migrates. */
export class Migration20261120000200_jobs extends Migration {
  override up(): void {
    this.addSql(pgBossSchemaSql);
    this.addSql(`grant usage on schema pgboss to toolbox_app, toolbox_relay;`);
    this.addSql(`grant select, insert, update, delete on all tables in schema pgboss to toolbox_app;`);
    this.addSql(`grant select on all tables in schema pgboss to toolbox_relay;`);
    this.addSql(`grant insert on pgboss.job, pgboss.job_common to toolbox_relay;`);
  }

  override down(): void {
    this.addSql(`drop schema pgboss cascade;`);
  }
}
