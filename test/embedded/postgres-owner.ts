/** A process that owns an embedded PostgreSQL, for tests that kill it: arguments are the state folder. */
import { startEmbeddedPostgres } from '../../src/embedded/postgres/embedded-postgres.js';

const ignore = () => undefined;

try {
  const database = await startEmbeddedPostgres({
    stateDirectory: process.argv[2] ?? '',
    log: { info: ignore, warn: ignore },
    settings: { fsync: 'off', shared_buffers: '16MB' },
    ownerName: 'a test',
  });
  process.once('SIGTERM', () => void database.stop().then(() => process.exit(0)));
  setInterval(ignore, 1_000_000);
  process.send?.({ url: database.superuserUrl });
} catch (error) {
  process.send?.({ refused: error instanceof Error ? error.message : String(error) });
}
