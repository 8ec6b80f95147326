import { MikroORM, type AnyEntity, type EntityClass, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { Logger } from '../logger.js';
import { dropBrokenConnections } from './drop-broken-connections.js';
import { tenantEntityNames } from './tenant-entity.js';

export interface DatabaseOptions {
  /** Login `toolbox_app`. */
  url: string;
  entities: EntityClass<AnyEntity>[];
  log: Logger;
  /** Connections at most. */
  poolSize: number;
  /**
   * Adds `org_id = …` to every query on a tenant table, beside row-level security. Off only in the test that
   * shows that the database alone keeps organizations apart.
   */
  orgPredicates?: boolean;
  applicationName?: string;
}

/** Whose rows an entity manager sees; both become transaction-local settings that the policies read. */
export interface DatabaseScope {
  orgId: string | null;
  userId: string | null;
}

export interface Database {
  orm: MikroORM;
  /** A fresh unit of work whose every statement runs with the scope's settings. */
  entityManager(scope: DatabaseScope): SqlEntityManager;
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The options that the running server, the migrator and the schema diff share. */
export function ormOptions(entities: EntityClass<AnyEntity>[]) {
  return {
    entities,
    forceUtcTimezone: true,
    autoJoinRefsForFilters: false,
    implicitTransactions: true,
    schemaGenerator: { ignoreSchema: ['pgboss'], skipTables: handWrittenTables },
  };
}

/** Tables that migrations write by hand: partitioned, or not mapped by an entity. */
export const handWrittenTables = [/^event(_.*)?$/];

/** Opens the pool for requests and jobs. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { url, entities, log, poolSize, orgPredicates = true, applicationName = 'toolbox' } = options;
  const orm = await MikroORM.init({
    ...ormOptions(entities),
    clientUrl: url,
    logger: (message) => log.warn({}, message),
    sessionContext: 'transaction',
    pool: { min: 0, max: poolSize },
    driverOptions: {
      application_name: applicationName,
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
      // The server ends the transaction of a process that froze or was cut off in it, and with it its locks.
      idle_in_transaction_session_timeout: 30_000,
      onPoolCreated: dropBrokenConnections,
    },
    filters: {
      org: {
        name: 'org',
        cond: (args: { orgId?: string }) => ({ orgId: args.orgId }),
        default: orgPredicates,
        entity: [...tenantEntityNames],
      },
    },
  });

  return {
    orm,
    entityManager({ orgId, userId }) {
      const em = orm.em.fork();
      em.setSessionContext({ variables: { 'app.org': orgId ?? '', 'app.user': userId ?? '' } });
      // Without an org the predicate matches nothing, as the policy does.
      em.setFilterParams('org', { orgId: orgId ?? null });
      return em;
    },
    async ping() {
      await orm.em.fork().execute('select 1');
    },
    close: () => orm.close(true),
  };
}
