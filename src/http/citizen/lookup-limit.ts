import { createHmac } from 'node:crypto';
import type { Context } from '../../storage/context.js';
import { HttpRefusal } from '../shared/errors.js';

const WINDOW_MS = 15 * 60_000;
/** Wrong tries in the window. A plate has some millions of forms: at this rate guessing one takes centuries. */
export const MOST_PER_NUMBER = 10;
export const MOST_PER_CALLER = 30;

/** Who tries and what, as keyed hashes: the table tells nobody's address. */
function subjects(ctx: Context, ip: string, number: string): [caller: string, notice: string] {
  const hash = (text: string): string =>
    createHmac('sha256', ctx.keys.session).update(text).digest('hex').slice(0, 32);
  return [hash(`ip:${ip}`), hash(`number:${number}`)];
}

/** @throws {HttpRefusal} 429 after too many wrong tries by one caller, or of one number by anybody */
export async function checkLookups(ctx: Context, ip: string, number: string): Promise<void> {
  const [caller, notice] = subjects(ctx, ip, number);
  const since = new Date(ctx.clock.now().getTime() - WINDOW_MS);
  const failed = await ctx.db
    .selectFrom('lookup_failures')
    .where('subject', 'in', [caller, notice])
    .where('at', '>', since)
    .groupBy('subject')
    .select(['subject', (eb) => eb.fn.countAll<string>().as('n')])
    .execute();
  const count = (subject: string): number => Number(failed.find((f) => f.subject === subject)?.n ?? 0);
  if (count(caller) >= MOST_PER_CALLER || count(notice) >= MOST_PER_NUMBER) {
    throw new HttpRefusal(429, 'TOO_MANY_TRIES', 'Too many tries; wait fifteen minutes, or sign in.');
  }
}

export async function noteFailure(ctx: Context, ip: string, number: string): Promise<void> {
  const at = ctx.clock.now();
  await ctx.db
    .insertInto('lookup_failures')
    .values(subjects(ctx, ip, number).map((subject) => ({ subject, at })))
    .execute();
  await ctx.db
    .deleteFrom('lookup_failures')
    .where('at', '<', new Date(at.getTime() - WINDOW_MS))
    .execute();
}
