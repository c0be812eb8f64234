import { createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { newId } from '../../core/ids.js';
import type { Context, Db } from '../../storage/context.js';

const WINDOW_MS = 15 * 60_000;

/** Somebody or something that wrong tries are counted for, say `ip:10.1.2.3`, and how many it may have in a quarter of an hour. */
export interface Tried {
  readonly subject: string;
  readonly most: number;
}

/** A try that has been written down as a wrong one. */
export interface Try {
  /** It was right: it does not count. */
  forgive(): Promise<void>;
}

/** Subjects are kept as keyed hashes: the table tells nobody's address. */
const hashed = (ctx: Context, subject: string): string =>
  createHmac('sha256', ctx.keys.session).update(subject).digest('hex').slice(0, 32);

/**
 * Writes a try down for each of them before anybody looks whether it is right, so that of many sent at once no more are
 * looked at than of as many sent one after the other. Null if one of them has had its wrong tries. Kept in the database,
 * so that every process knows.
 */
export async function beginTry(ctx: Context, tries: readonly Tried[]): Promise<Try | null> {
  const at = ctx.clock.now();
  const since = new Date(at.getTime() - WINDOW_MS);
  // In one order for everybody: two tries that share subjects must not wait for each other.
  const rows = tries
    .map(({ subject, most }) => ({ id: newId(), subject: hashed(ctx, subject), most }))
    .sort((a, b) => (a.subject < b.subject ? -1 : 1));
  const ids = rows.map((row) => row.id);
  const written = await ctx.db.transaction().execute(async (trx) => {
    for (const { subject } of rows)
      await sql`select pg_advisory_xact_lock(hashtextextended(${subject}, 0))`.execute(trx);
    if (await tooMany(trx, rows, since)) return false;
    await trx
      .insertInto('lookup_failures')
      .values(rows.map(({ id, subject }) => ({ id, subject, at })))
      .execute();
    return true;
  });
  await ctx.db.deleteFrom('lookup_failures').where('at', '<', since).execute();
  if (!written) return null;
  return {
    forgive: async () => void (await ctx.db.deleteFrom('lookup_failures').where('id', 'in', ids).execute()),
  };
}

async function tooMany(trx: Db, tries: readonly Tried[], since: Date): Promise<boolean> {
  const counted = await trx
    .selectFrom('lookup_failures')
    .where(
      'subject',
      'in',
      tries.map((one) => one.subject),
    )
    .where('at', '>', since)
    .groupBy('subject')
    .select(['subject', (eb) => eb.fn.countAll<string>().as('n')])
    .execute();
  return tries.some(
    ({ subject, most }) => Number(counted.find((c) => c.subject === subject)?.n ?? 0) >= most,
  );
}
