import { z } from 'zod';
import { both } from './messages.js';
import { textMessages } from './messages-text.js';

const NUL = '\u0000';

/** Postgres keeps no NUL in a text, and no half of a surrogate pair in a JSON. */
const isStorable = (given: string): boolean => !given.includes(NUL) && !/\p{Surrogate}/u.test(given);

/** Text from outside that is kept or compared with what is kept: refused where the database would refuse it. */
export const text = () => z.string().refine(isStorable, both(textMessages.unstorable));

/** Firmware written in C sends its whole buffer, NULs after the text: they are no part of what is said. */
export function withoutPadding(given: string): string {
  let end = given.length;
  while (end > 0 && given[end - 1] === NUL) end -= 1;
  return given.slice(0, end);
}
