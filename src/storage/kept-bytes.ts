import { sql, type Expression } from 'kysely';
import type { BlobStore } from './blobs.js';
import type { Db } from './context.js';

/**
 * Bytes are shared: a row can come to name bytes at the very moment when the last other row that named them lets them go.
 * Who is about to name them holds them until his commit (many may); who takes them out needs them alone, and never waits.
 */

/**
 * In a query: holds the bytes of this name until the transaction ends, and says whether they were let go before. Then they
 * are to be put once more under the hold: whoever was to remove them may have done so since the first put.
 */
export const held = (name: Expression<string>) => sql<boolean>`hold_blob(${name})`;

/** Holds bytes that were put until the transaction ends, for a row that it writes; puts them again where they may be gone. */
export async function keepBytes(trx: Db, blobs: BlobStore, name: string, bytes: Uint8Array): Promise<void> {
  const { rows } = await sql<{ gone: boolean }>`select ${held(sql.val(name))} as gone`.execute(trx);
  if (rows[0]!.gone) await blobs.put(bytes);
}

/** Those of the bytes that nobody holds; nobody can until the transaction ends. */
export async function unheldBytes(trx: Db, names: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ name: string; free: boolean }>`
    select name, pg_try_advisory_xact_lock(blob_lock(name)) as free from unnest(${names}::text[]) as n (name)`.execute(
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
