import { verifyPassword } from '../../cases/officers.js';
import type { Context } from '../../storage/context.js';
import { beginTry } from '../shared/try-limit.js';
import { refusal } from './refusal.js';

/** Wrong passwords in a quarter of an hour, counted with those of the sign-in. */
const MOST_PER_NAME = 10;
export const triedOfficer = (username: string): { subject: string; most: number } => ({
  subject: `officer:${username.toLowerCase()}`,
  most: MOST_PER_NAME,
});

/**
 * For a grave act in an open session: it is the officer who types, and not who sat down after them.
 * @throws {HttpRefusal} 403 `WRONG_PASSWORD`, 429 `TOO_MANY_TRIES`
 */
export async function assertProven(ctx: Context, username: string, password: string): Promise<void> {
  const attempt = await beginTry(ctx, [triedOfficer(username)]);
  if (attempt === null) throw refusal(429, 'TOO_MANY_TRIES');
  if ((await verifyPassword(ctx.db, username, password)) === null)
    throw refusal(403, 'WRONG_PASSWORD', 'password');
  await attempt.forgive();
}
