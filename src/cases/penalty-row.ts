import type { Message } from '../core/messages.js';
import { rankOf } from '../law/index.js';
import type { Db } from '../storage/context.js';
import type { PenaltyDecision } from './penalty-check.js';

/** The decision of a case as it was recorded. */
export type RecordedPenalty = PenaltyDecision & { readonly id: string; readonly signer: Message };

/** The one penalty decision of a case, or null. Hold the case's row to write by what it says. */
export async function penaltyOf(db: Db, caseId: string): Promise<RecordedPenalty | null> {
  const row = await db
    .selectFrom('penalty_decisions')
    .selectAll()
    .where('case_id', '=', caseId)
    .executeTakeFirst();
  if (row === undefined) return null;
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
