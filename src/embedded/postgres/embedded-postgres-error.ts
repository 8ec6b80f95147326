import { StartError } from '../../kernel/start-error.js';

export type EmbeddedPostgresErrorCode =
  'unsupported-platform' | 'in-use' | 'no-account' | 'unreachable-data' | 'init-failed' | 'start-failed';

/** Why the embedded PostgreSQL could not be started. The message says what to do next. */
export class EmbeddedPostgresError extends StartError {
  override readonly name = 'EmbeddedPostgresError';

  constructor(
    readonly code: EmbeddedPostgresErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static inUse(
    stateDirectory: string,
    owner: { pid: number; name: string; since: string },
  ): EmbeddedPostgresError {
    return new EmbeddedPostgresError(
      'in-use',
      `The embedded PostgreSQL in ${stateDirectory} is in use by process ${owner.pid} (${owner.name}, since ${owner.since}). ` +
        'Stop that process first, or set DATABASE_URL to use a database of your own.',
    );
  }
}
