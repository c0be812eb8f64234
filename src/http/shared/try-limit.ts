import { createHmac } from 'node:crypto';
import type { Context } from '../../storage/context.js';

const WINDOW_MS = 15 * 60_000;

/** Somebody or something that wrong tries are counted for, say `ip:10.1.2.3`, and how many it may have in a quarter of an hour. */
export interface Tried {
  readonly subject: string;
  readonly most: number;
}

/** Subjects are kept as keyed hashes: the table tells nobody's address. */
const hashed = (ctx: Context, subject: string): string =>
  createHmac('sha256', ctx.keys.session).update(subject).digest('hex').slice(0, 32);

/** True if one of them has had its wrong tries. Counted in the database, so that every process knows. */
export async function triedTooOften(ctx: Context, tries: readonly Tried[]): Promise<boolean> {
  const since = new Date(ctx.clock.now().getTime() - WINDOW_MS);
  const subjects = tries.map(({ subject, most }) => ({ hash: hashed(ctx, subject), most }));
  const failed = await ctx.db
    .selectFrom('lookup_failures')
    .where(
      'subject',
      'in',
      subjects.map((one) => one.hash),
    )
    .where('at', '>', since)
    .groupBy('subject')
    .select(['subject', (eb) => eb.fn.countAll<string>().as('n')])
    .execute();
  return subjects.some(({ hash, most }) => Number(failed.find((f) => f.subject === hash)?.n ?? 0) >= most);
}

/** Counts a wrong try for each of them. */
export async function noteWrongTry(ctx: Context, tries: readonly Tried[]): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db
    .insertInto('lookup_failures')
    .values(tries.map(({ subject }) => ({ subject: hashed(ctx, subject), at })))
    .execute();
  await ctx.db
    .deleteFrom('lookup_failures')
    .where('at', '<', new Date(at.getTime() - WINDOW_MS))
    .execute();
}
