import type { Db } from '../storage/context.js';
import { held, type Hold } from './holds.js';

/**
 * What officers found about a plate before: cases voided because the owner showed a clone, or rejected since the vehicle
 * did not match. A plate that was cloned once is looked at more closely each time after.
 */
export async function clonedBefore(db: Db, plate: string): Promise<Hold[]> {
  const voided = await db
    .selectFrom('responses as r')
    .innerJoin('cases as c', 'c.id', 'r.case_id')
    .where('c.plate_text', '=', plate)
    .where('r.kind', '=', 'cloned')
    .where('r.outcome', '=', 'voided')
    .select('c.id')
    .execute();
  const rejected = await db
    .selectFrom('reviews as r')
    .innerJoin('cases as c', 'c.id', 'r.case_id')
    .where('c.plate_text', '=', plate)
    .where('r.reason', '=', 'vehicle-mismatch')
    .where('r.undone_at', 'is', null)
    .select('c.id')
    .execute();
  const count = new Set([...voided, ...rejected].map((row) => row.id)).size;
  return count === 0 ? [] : [held('PLATE_CLONED_BEFORE', { count })];
}
