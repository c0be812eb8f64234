import { sql, type RawBuilder } from 'kysely';
import type { BlobStore } from './blobs.js';
import type { Db } from './context.js';

/**
 * Bytes are shared: a row can come to name bytes at the very moment when the last other row that named them lets them go.
 * Who is about to name them holds them (many may); who takes them out needs them alone, and never waits.
 */
const lockOf = (name: unknown): RawBuilder<unknown> => sql`hashtextextended('blob ' || ${name}::text, 0)`;

/**
 * Holds bytes that were put until the transaction ends, for a row that it writes. If they were let go before, they are put
 * once more: whoever was about to remove them may have done so since the first put.
 */
export async function keepBytes(trx: Db, blobs: BlobStore, name: string, bytes: Uint8Array): Promise<void> {
  await sql`select pg_advisory_xact_lock_shared(${lockOf(name)})`.execute(trx);
  // A statement of its own: one that waited for the lock would look at rows as they were before it.
  const letGo = await trx
    .selectFrom('frames')
    .select('id')
    .where('sha256', '=', name)
    .where('let_go_at', 'is not', null)
    .limit(1)
    .executeTakeFirst();
  if (letGo !== undefined) await blobs.put(bytes);
}

/** Those of the bytes that nobody holds; nobody can until the transaction ends. */
export async function unheldBytes(trx: Db, names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string; free: boolean }>`
    select name, pg_try_advisory_xact_lock(${lockOf(sql.ref('name'))}) as free from unnest(${names}::text[]) as n (name)`.execute(
    trx,
  );
  return rows.filter((row) => row.free).map((row) => row.name);
}

/** Marks bytes as to be removed once the transaction has committed. */
export async function listForRemoval(trx: Db, names: readonly string[], since: Date): Promise<void> {
  await trx
    .insertInto('blobs_to_remove')
    .values([...new Set(names)].sort().map((sha256) => ({ sha256, since })))
    .onConflict((conflict) => conflict.column('sha256').doNothing())
    .execute();
}
