import type { Socket } from 'node:net';
import { Kysely, PostgresDialect } from 'kysely';
import { runner } from 'node-pg-migrate';
import pg from 'pg';
import { fileURLToPath } from 'node:url';
import type { Log } from '../core/log.js';
import { StorageError } from './errors.js';
import type { Database } from './schema.js';

// bigint columns are counts, sequences and đồng, all below 2^53; a value above would be a fault and must not be rounded.
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint ${text} is beyond the safe integers`);
  return value;
});

// A date is a legal day, not an instant: the driver would make midnight of this machine's zone of it.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/**
 * How long a server may take over one query, and a client over what it does between two queries of a transaction.
 * A failover or a router that forgets leaves connections on which nobody answers and nothing ever breaks.
 */
const SILENCE_MS = 120_000;

/** Opens a pool; connections are made when first needed, and hung up when the server says nothing for `silenceMs`. */
export function openDatabase(url: string, log: Log, max = 12, silenceMs = SILENCE_MS): Kysely<Database> {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 10_000,
    // The same from the other side: a box that has vanished must not keep the locks of its last transaction.
    idle_in_transaction_session_timeout: silenceMs,
  });
  pool.on('connect', (client) => hangUpWhenSilent(client, silenceMs));
  // An idle connection that breaks (server restarted) must not end the process; the next query opens another.
  pool.on('error', (error) => log.warn({ err: error }, 'idle database connection lost'));
  // Nor must one that breaks between two queries of a transaction, when the pool does not listen.
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ because: error.message }, 'database connection lost')),
  );
  return new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
}

function hangUpWhenSilent(client: pg.PoolClient, silenceMs: number): void {
  const { stream } = (client as unknown as pg.Client).connection as unknown as { stream: Socket };
  // The words are those by which `isOutage` knows that nothing is wrong with the row.
  stream.setTimeout(silenceMs, () =>
    stream.destroy(new Error('Connection terminated: the database is silent')),
  );
}

/**
 * Brings the schema up to date; of several boxes that start at once one does, and the others wait for it.
 * @throws {StorageError} `MIGRATION`
 */
export async function migrate(url: string, log: Log): Promise<readonly string[]> {
  const dir = fileURLToPath(new URL('./migrations', import.meta.url));
  const quiet = {
    debug: () => undefined,
    info: () => undefined,
    warn: (m: string) => log.warn(m),
    error: (m: string) => log.error(m),
  };
  try {
    const done = await runner({
      databaseUrl: url,
      dir,
      direction: 'up',
      migrationsTable: 'migrations',
      ignorePattern: '(\\..*|.*\\.md)',
      logger: quiet,
      singleTransaction: true,
      advisoryLockMode: 'wait',
    });
    return done.map((migration) => migration.name);
  } catch (cause) {
    throw new StorageError('MIGRATION', 'the database schema could not be brought up to date', { cause });
  }
}
