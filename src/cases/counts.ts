import { sql } from 'kysely';
import type { Db } from '../storage/context.js';
import { CASE_STATES, type CaseState } from './states.js';

/** How many cases there are in each state; every state is named. */
export async function caseCounts(db: Db): Promise<Record<CaseState, number>> {
  const rows = await db
    .selectFrom('cases')
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  const none = Object.fromEntries(CASE_STATES.map((state) => [state, 0])) as Record<CaseState, number>;
  return Object.assign(none, Object.fromEntries(rows.map((row) => [row.state, row.count])));
}
