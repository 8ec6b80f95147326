import type { Socket } from 'node:net';
import pg from 'pg';
import { PrepareBatch, ReadBatch, type ReadScope, type ReadStatement, type TextRow } from './read-batch.js';

/** Named statements of one connection; the least recently used makes room. */
const maxPrepared = 200;
const connectPatienceMs = 5000;

export interface ReadConnectionOptions {
  url: string;
  statementTimeoutMs: number;
  /** After this long without an answer to a read, the connection counts as lost. */
  silenceMs: number;
  /** Called once, when the connection can no longer be used. */
  onLost: (connection: ReadConnection, error: Error) => void;
}

/** A pipelined, read-only connection: reads are sent at once and answered in order. */
export class ReadConnection {
  readonly #client: pg.Client;
  readonly #options: ReadConnectionOptions;
  readonly #prepared = new Map<string, { parseError: Error | null }>();
  #inFlight = 0;
  #isLost = false;
  #silence: NodeJS.Timeout | null = null;

  private constructor(client: pg.Client, options: ReadConnectionOptions) {
    this.#client = client;
    this.#options = options;
    client.on('error', (error) => this.#lose(error));
    client.on('end', () => this.#lose(new Error('PostgreSQL closed a read connection.')));
  }

  /** @throws when the server cannot be reached. */
  static async open(options: ReadConnectionOptions): Promise<ReadConnection> {
    const client = new pg.Client({
      connectionString: options.url,
      application_name: 'toolbox-read',
      keepAlive: true,
      pipeline: true,
      statement_timeout: options.statementTimeoutMs,
      connectionTimeoutMillis: connectPatienceMs,
      options:
        '-c default_transaction_read_only=on -c timezone=UTC -c datestyle=ISO -c plan_cache_mode=force_generic_plan',
    });
    const connection = new ReadConnection(client, options);
    await client.connect();
    try {
      await new Promise<void>((resolve, reject) => {
        client.query(
          new PrepareBatch([PrepareBatch.scope], [], (error) => (error ? reject(error) : resolve())),
        );
      });
    } catch (error) {
      await connection.close();
      throw error;
    }
    return connection;
  }

  /** Reads sent and not yet answered. */
  get load(): number {
    return this.#inFlight;
  }

  /** Rejects with the server's error; the connection stays usable unless it was lost. */
  read(scope: ReadScope, statement: ReadStatement, values: (string | null)[]): Promise<TextRow[]> {
    const prepared = this.#ensurePrepared(statement);
    this.#inFlight += 1;
    this.#silence ??= setTimeout(() => this.#giveUp(), this.#options.silenceMs);
    return new Promise((resolve, reject) => {
      const done = (error: Error | null, rows: TextRow[]) => {
        this.#inFlight -= 1;
        this.#heard();
        if (error) reject(prepared.parseError ?? error);
        else resolve(rows);
      };
      this.#client.query(new ReadBatch(scope, statement, values, done));
    });
  }

  close(): Promise<void> {
    this.#isLost = true;
    if (this.#silence) clearTimeout(this.#silence);
    return this.#client.end();
  }

  /** An answer came; the next one has the whole time again. */
  #heard(): void {
    if (this.#inFlight > 0) this.#silence?.refresh();
    else if (this.#silence) {
      clearTimeout(this.#silence);
      this.#silence = null;
    }
  }

  #giveUp(): void {
    // Ends the socket, and with it every read that waits.
    const { connection } = this.#client as unknown as { connection: { stream: Socket } };
    connection.stream.destroy(new Error('PostgreSQL does not answer a read.'));
  }

  #lose(error: Error): void {
    if (this.#isLost) return;
    this.#isLost = true;
    if (this.#silence) clearTimeout(this.#silence);
    this.#options.onLost(this, error);
  }

  /** Sends Parse ahead of the read. When it fails, so does the read behind it. */
  #ensurePrepared(statement: ReadStatement): { parseError: Error | null } {
    const { name } = statement;
    const known = this.#prepared.get(name);
    if (known) {
      // Back at the end: the first one is the least recently used.
      this.#prepared.delete(name);
      this.#prepared.set(name, known);
      return known;
    }
    const forget = this.#prepared.size < maxPrepared ? [] : [...this.#prepared.keys()].slice(0, 1);
    for (const oldest of forget) this.#prepared.delete(oldest);
    // The server may still have it: a Close is skipped when its batch was cancelled. Closing what is not there is fine.
    forget.push(name);
    const prepared: { parseError: Error | null } = { parseError: null };
    this.#prepared.set(name, prepared);
    const done = (error: Error | null) => {
      prepared.parseError = error;
      if (error) this.#prepared.delete(name);
    };
    this.#client.query(new PrepareBatch([statement], forget, done));
    return prepared;
  }
}
