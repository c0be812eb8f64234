import type { Context } from '../../storage/context.js';
import { HttpRefusal } from '../shared/errors.js';
import { noteWrongTry, triedTooOften, type Tried } from '../shared/try-limit.js';

/** Wrong tries in a quarter of an hour. A plate has some millions of forms: at this rate guessing one takes centuries. */
export const MOST_PER_NUMBER = 10;
export const MOST_PER_CALLER = 30;

const tries = (ip: string, number: string): readonly Tried[] => [
  { subject: `ip:${ip}`, most: MOST_PER_CALLER },
  { subject: `number:${number}`, most: MOST_PER_NUMBER },
];

/** @throws {HttpRefusal} 429 after too many wrong tries by one caller, or of one number by anybody */
export async function checkLookups(ctx: Context, ip: string, number: string): Promise<void> {
  if (await triedTooOften(ctx, tries(ip, number)))
    throw new HttpRefusal(429, 'TOO_MANY_TRIES', 'Too many tries; wait fifteen minutes, or sign in.');
}

export const noteFailure = (ctx: Context, ip: string, number: string): Promise<void> =>
  noteWrongTry(ctx, tries(ip, number));
