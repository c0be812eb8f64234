import { appendLeaf } from '../evidence/log.js';
import { dayOf } from '../law/index.js';
import type { Context } from '../storage/context.js';
import { assertUnchanged } from './errors.js';
import { assertMayDecide } from './officers.js';
import { haveMoneyWeighed } from './paid-money.js';
import { checkDecision, type PenaltyDecision } from './penalty-check.js';
import { PenaltyError } from './penalty-errors.js';
import { isSameDecision, penaltyOf } from './penalty-row.js';
import { lockNotice, tidied, writeDecision, type Recorded, type Recording } from './penalty-write.js';
import { readCase } from './record.js';

/**
 * Records a decision once more where it was mistyped: a second act with its reason. The former stays, sealed as it was, and
 * counts no more; what had been paid is weighed against the new one. Only until the owner has received it: from then on a
 * term runs, and the law knows no other start of it. Whoever calls has had the officer prove who they are.
 * What stands already, told again, changes nothing.
 * @throws {PenaltyError} `NO_DECISION`, `CORRECTION_AFTER_RECEIPT`, `CORRECTION_REASON_REQUIRED`, and as `recordDecision`
 * @throws {CaseError} as `recordDecision`
 */
export async function correctDecision(
  ctx: Context,
  correcting: Recording & { readonly decision: PenaltyDecision; readonly reason: string },
): Promise<Recorded> {
  const { caseId, officer } = correcting;
  assertMayDecide(officer);
  const decision = tidied(correcting.decision);
  const reason = correcting.reason.trim();
  return ctx.db.transaction().execute(async (trx) => {
    const noticeId = await lockNotice(trx, caseId);
    const record = await readCase(trx, caseId, true);
    const stands = await penaltyOf(trx, caseId);
    if (stands === null || noticeId === undefined) throw new PenaltyError('NO_DECISION');
    if (isSameDecision(stands, decision)) return { version: record.version };
    if (stands.receivedOn !== null) throw new PenaltyError('CORRECTION_AFTER_RECEIPT');
    if (reason.length < 3) throw new PenaltyError('CORRECTION_REASON_REQUIRED');
    assertUnchanged(record.version, correcting.version);
    const at = ctx.clock.now();
    checkDecision({ ...record, owner: record.ownerKind ?? 'person' }, decision, dayOf(at));
    await trx
      .updateTable('penalty_decisions')
      .set({ corrected_at: at, corrected_by: officer.id, correction_reason: reason })
      .where('id', '=', stands.id)
      .execute();
    const entry = { officer: officer.username };
    await appendLeaf(trx, { kind: 'penalty-corrected', subject: stands.id, entry, at });
    const event = { kind: 'penalty-corrected', data: { corrects: stands.id, reason } } as const;
    const corrects = stands.id;
    const recorded = await writeDecision(trx, record, { noticeId, officer, decision, at, event, corrects });
    await haveMoneyWeighed(trx, caseId);
    return recorded;
  });
}
