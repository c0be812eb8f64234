import type { Selectable } from 'kysely';
import type { Message } from '../core/messages.js';
import { rankOf } from '../law/index.js';
import type { Db } from '../storage/context.js';
import type { PenaltyDecisionsTable } from '../storage/schema.js';
import type { PenaltyDecision } from './penalty-check.js';

/** The decision of a case as it was recorded. */
export type RecordedPenalty = PenaltyDecision & { readonly id: string; readonly signer: Message };

/** A decision as it stood before it was recorded once more. */
export type FormerPenalty = RecordedPenalty & {
  /** ISO 8601 in UTC. */
  readonly correctedAt: string;
  /** The officer's user name. */
  readonly correctedBy: string;
  readonly reason: string;
};

/** The one penalty decision of a case that counts, or null. Hold the case's row to write by what it says. */
export async function penaltyOf(db: Db, caseId: string): Promise<RecordedPenalty | null> {
  const row = await db
    .selectFrom('penalty_decisions')
    .selectAll()
    .where('case_id', '=', caseId)
    .where('corrected_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : shown(row);
}

/** The decisions of a case that were corrected, oldest first. */
export async function formerPenaltiesOf(db: Db, caseId: string): Promise<FormerPenalty[]> {
  const rows = await db
    .selectFrom('penalty_decisions as pd')
    .innerJoin('officers as o', 'o.id', 'pd.corrected_by')
    .selectAll('pd')
    .select('o.username')
    .where('pd.case_id', '=', caseId)
    .where('pd.corrected_at', 'is not', null)
    .orderBy('pd.recorded_at')
    .orderBy('pd.id')
    .execute();
  return rows.map((row) => ({
    ...shown(row),
    correctedAt: row.corrected_at?.toISOString() ?? '',
    correctedBy: row.username,
    reason: row.correction_reason ?? '',
  }));
}

function shown(row: Selectable<PenaltyDecisionsTable>): RecordedPenalty {
  return {
    id: row.id,
    number: row.number,
    amount: row.amount,
    signerName: row.signer_name,
    signerRank: row.signer_rank,
    signer: rankOf(row.signer_rank),
    mitigating: row.mitigating,
    aggravating: row.aggravating,
    issuedOn: row.issued_on,
    receivedOn: row.received_on,
  };
}

/** The same decision told again: whoever does not say when it was received does not gainsay it. */
export function isSameDecision(stands: PenaltyDecision, told: PenaltyDecision): boolean {
  return (
    stands.number === told.number &&
    stands.amount === told.amount &&
    stands.signerName === told.signerName &&
    stands.signerRank === told.signerRank &&
    stands.mitigating === told.mitigating &&
    stands.aggravating === told.aggravating &&
    stands.issuedOn === told.issuedOn &&
    (told.receivedOn === null || stands.receivedOn === told.receivedOn)
  );
}
