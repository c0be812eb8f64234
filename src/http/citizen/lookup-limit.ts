import type { Context } from '../../storage/context.js';
import { callerOf } from '../shared/caller.js';
import { beginTry, type Try, type Tried } from '../shared/try-limit.js';
import { refusal } from './refusal.js';

/**
 * Wrong tries in a quarter of an hour. A plate has some millions of forms: at this rate guessing that of a number takes
 * centuries. Numbers follow each other, so those of a known plate are tried no faster.
 */
export const MOST_PER_NUMBER = 10;
export const MOST_PER_PLATE = 10;
export const MOST_PER_CALLER = 30;
/** Wrong check codes of one notice. */
export const MOST_PER_NOTICE = 10;

const caller = (ip: string): Tried => ({ subject: `ip:${callerOf(ip)}`, most: MOST_PER_CALLER });

/** A look-up, counted until it is forgiven. @throws {HttpRefusal} 429 */
export const beginLookup = (ctx: Context, ip: string, number: string, plate: string): Promise<Try> =>
  begun(ctx, [
    caller(ip),
    { subject: `number:${number}`, most: MOST_PER_NUMBER },
    { subject: `plate:${plate}`, most: MOST_PER_PLATE },
  ]);

/** A check code given for a notice, counted until it is forgiven. @throws {HttpRefusal} 429 */
export const beginCode = (ctx: Context, ip: string, noticeId: string): Promise<Try> =>
  begun(ctx, [caller(ip), { subject: `code:${noticeId}`, most: MOST_PER_NOTICE }]);

async function begun(ctx: Context, tries: readonly Tried[]): Promise<Try> {
  const attempt = await beginTry(ctx, tries);
  if (attempt === null) throw refusal(429, 'TOO_MANY_TRIES');
  return attempt;
}
