import { sql } from 'kysely';
import type { Db } from '../storage/context.js';

const KIND = 'TB-CSGT';

/**
 * The next number of a year's register, without gaps: the counter's row stays locked until the transaction ends,
 * so a number that is rolled back is given again.
 */
export async function nextNoticeNumber(db: Db, year: number): Promise<string> {
  return formatNumber(await nextOf(db, `notice-${year}`), year, KIND);
}

export async function nextOf(db: Db, name: string): Promise<number> {
  const { value } = await db
    .insertInto('counters')
    .values({ name, value: 1 })
    .onConflict((c) => c.column('name').doUpdateSet({ value: sql<number>`counters.value + 1` }))
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(value);
}

export function formatNumber(sequence: number, year: number, kind: string): string {
  return `${String(sequence).padStart(6, '0')}/${year}/${kind}`;
}

/** People type a number in many ways: "123/2026", " 000123/2026/tb-csgt ". Null if it is no notice number. */
export function normaliseNumber(typed: string): string | null {
  const parts = /^\s*0*(\d{1,9})\s*\/\s*(20\d{2})\s*(?:\/\s*TB\s*-?\s*CSGT\s*)?$/i.exec(typed);
  return parts ? formatNumber(Number(parts[1]), Number(parts[2]), KIND) : null;
}
