import type { Config } from '../core/config.js';
import type { HoldCode } from '../registry/index.js';
import type { Db } from '../storage/context.js';
import type { CaseRecord } from './record.js';

export type SecondReviewReason = 'high-fine' | 'plate-by-eye';

/** Holds whose clearing means that an officer's eye, and not the reader, stands for the plate. */
const READ_BY_EYE: readonly HoldCode[] = ['PLATE_NOT_ACCEPTED', 'PLATE_DISPUTED', 'PLATE_CLAIM_DIFFERS'];

/**
 * Why a second officer has to confirm as well, or null. A high fine (its maximum for an individual, as competence is
 * measured), or a plate that the reader did not stand by and one officer read by eye.
 */
export function needsSecondReview(
  config: Pick<Config, 'secondReviewAbove'>,
  record: Pick<CaseRecord, 'law' | 'holds'>,
): SecondReviewReason | null {
  if (record.law.fineMax >= config.secondReviewAbove) return 'high-fine';
  const byEye = record.holds.some((h) => h.cleared && READ_BY_EYE.includes(h.code));
  return byEye ? 'plate-by-eye' : null;
}

export interface ActiveReview {
  readonly id: string;
  readonly officerId: string;
  readonly decision: 'confirm' | 'reject';
  readonly at: Date;
}

/** The reviews of a case that stand, oldest first. */
export async function activeReviews(db: Db, caseId: string): Promise<ActiveReview[]> {
  const rows = await db
    .selectFrom('reviews')
    .select(['id', 'officer_id', 'decision', 'at'])
    .where('case_id', '=', caseId)
    .where('undone_at', 'is', null)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({ id: row.id, officerId: row.officer_id, decision: row.decision, at: row.at }));
}

/** What an officer confirmed is no longer what the case says: their review stays on record and counts no more. */
export async function dropReviews(trx: Db, caseId: string, at: Date): Promise<void> {
  await trx
    .updateTable('reviews')
    .set({ undone_at: at })
    .where('case_id', '=', caseId)
    .where('undone_at', 'is', null)
    .execute();
}
