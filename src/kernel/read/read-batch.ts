import type { Connection, Submittable } from 'pg';

/** A statement that a connection prepares once and then runs by its name. */
export interface ReadStatement {
  /** Unique for its text. */
  readonly name: string;
  readonly text: string;
}

/** Whose rows the statement may see: what the row-level policies read. */
export interface ReadScope {
  orgId: string | null;
  userId: string | null;
}

/** A row as PostgreSQL sends it: text, or null. */
export type TextRow = (string | null)[];

/** The messages of the extended query protocol; the published types are of an older pg. */
interface PgConnection {
  parse(message: { name: string; text: string; types: number[] }): void;
  bind(message: { statement: string; values: (string | null)[] }): void;
  execute(message: { portal: string; rows: number }): void;
  close(message: { type: 'S'; name: string }): void;
  sync(): void;
  stream: { cork(): void; uncork(): void };
}

const scopeStatement = 'read_scope';
const scopeText = `select set_config('app.org', $1, true), set_config('app.user', $2, true)`;
const wholePortal = { portal: '', rows: 0 };

/** What pg hands each message of the answer to. */
abstract class Batch implements Submittable {
  abstract submit(connection: Connection): void;
  abstract settle(error: Error | null): void;
  #error: Error | null = null;

  handleRowDescription(): void {
    // Not asked for: the statement's columns are known.
  }

  handleDataRow(_message: { fields: TextRow }): void {
    // Only reads have rows.
  }

  handleCommandComplete(): void {
    // ReadyForQuery ends the batch.
  }

  handlePortalSuspended(): void {
    this.#error = new Error('PostgreSQL suspended a portal that was executed whole.');
  }

  handleEmptyQuery(): void {
    this.#error = new Error('A read has no statement.');
  }

  /** The rest of the batch is skipped up to its Sync; nothing of its settings outlives it. */
  handleError(error: Error): void {
    this.#error = error;
    this.settle(error);
  }

  handleReadyForQuery(): void {
    this.settle(this.#error);
  }
}

/** Prepares statements; closes those that had to make room. In a Sync of its own, before the first read. */
export class PrepareBatch extends Batch {
  constructor(
    private readonly prepare: ReadStatement[],
    private readonly forget: string[],
    private readonly done: (error: Error | null) => void,
  ) {
    super();
  }

  /** The setting of whose rows may be seen. */
  static readonly scope: ReadStatement = { name: scopeStatement, text: scopeText };

  override submit(pgConnection: Connection): void {
    const connection = pgConnection as unknown as PgConnection;
    for (const name of this.forget) connection.close({ type: 'S', name });
    for (const { name, text } of this.prepare) connection.parse({ name, text, types: [] });
    connection.sync();
  }

  override settle(error: Error | null): void {
    this.done(error);
  }
}

/**
 * One read: the scope's settings and the statement up to a single Sync, which makes them one implicit
 * transaction. A setting that fails makes PostgreSQL skip the statement; after the Sync the settings are gone.
 */
export class ReadBatch extends Batch {
  readonly #rows: TextRow[] = [];
  #isScopeRow = true;
  #isSettled = false;

  constructor(
    private readonly scope: ReadScope,
    private readonly statement: ReadStatement,
    private readonly values: (string | null)[],
    private readonly done: (error: Error | null, rows: TextRow[]) => void,
  ) {
    super();
  }

  override submit(pgConnection: Connection): void {
    const connection = pgConnection as unknown as PgConnection;
    // One write to the socket for everything that is sent in this turn.
    connection.stream.cork();
    process.nextTick(() => connection.stream.uncork());
    connection.bind({ statement: scopeStatement, values: [this.scope.orgId ?? '', this.scope.userId ?? ''] });
    connection.execute(wholePortal);
    connection.bind({ statement: this.statement.name, values: this.values });
    connection.execute(wholePortal);
    connection.sync();
  }

  override handleDataRow({ fields }: { fields: TextRow }): void {
    if (this.#isScopeRow) this.#isScopeRow = false;
    else this.#rows.push(fields);
  }

  override settle(error: Error | null): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    this.done(error, this.#rows);
  }
}
