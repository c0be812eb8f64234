import { sql } from 'kysely';
import type { Context, Db } from '../storage/context.js';
import { unheldBytes } from '../storage/kept-bytes.js';

const PORTION = 100;
const AT_ONCE = 4;

/**
 * Takes the bytes of let-go frames out of the store, unless something else names them. Gives how many. Repeats what a crash
 * or an outage left undone: a name stays on the list until its bytes are surely gone.
 */
export async function removeBytes(ctx: Pick<Context, 'db' | 'blobs'>): Promise<number> {
  let removed = 0;
  for (;;) {
    const done = await removePortion(ctx);
    removed += done.removed;
    if (done.listed < PORTION) return removed;
  }
}

async function removePortion(
  ctx: Pick<Context, 'db' | 'blobs'>,
): Promise<{ readonly listed: number; readonly removed: number }> {
  return ctx.db.transaction().execute(async (trx) => {
    const listed = await trx
      .selectFrom('blobs_to_remove')
      .select('sha256')
      .orderBy('since')
      .limit(PORTION)
      .forUpdate()
      .skipLocked()
      .execute();
    const names = await unheldBytes(
      trx,
      listed.map((row) => row.sha256),
    );
    if (names.length === 0) return { listed: 0, removed: 0 };
    // Asked only now that nobody can come to name them: whoever did before has committed, and is seen.
    const named = await stillNamed(trx, names);
    const free = names.filter((name) => !named.has(name));
    for (let i = 0; i < free.length; i += AT_ONCE) {
      // A store can be slower than the database waits for us: nothing more is removed once the hold is lost.
      await sql`select 1`.execute(trx);
      await Promise.all(free.slice(i, i + AT_ONCE).map((name) => ctx.blobs.remove(name)));
    }
    await trx.deleteFrom('blobs_to_remove').where('sha256', 'in', names).execute();
    return { listed: listed.length, removed: free.length };
  });
}

/** Bytes that a kept frame, an owner's attachment or a paper names. Whoever adds a column with a blob's name adds it here. */
async function stillNamed(trx: Db, names: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select n.name from unnest(${names}::text[]) as n (name)
    where exists (select 1 from frames f where f.sha256 = n.name and f.let_go_at is null)
      or exists (select 1 from responses r where r.attachments @> jsonb_build_array(jsonb_build_object('sha256', n.name)))
      or exists (select 1 from notices where pdf_sha256 = n.name)
      or exists (select 1 from receipts where pdf_sha256 = n.name)`.execute(trx);
  return new Set(rows.map((row) => row.name));
}
