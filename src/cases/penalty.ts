import { dayOf } from '../law/index.js';
import type { Context } from '../storage/context.js';
import { assertUnchanged } from './errors.js';
import { assertMayDecide } from './officers.js';
import { haveMoneyWeighed } from './paid-money.js';
import { checkDecision, checkReceipt, type PenaltyDecision } from './penalty-check.js';
import { PenaltyError } from './penalty-errors.js';
import { isSameDecision, penaltyOf } from './penalty-row.js';
import {
  lockNotice,
  tidied,
  writeDecision,
  writeReceipt,
  type Recorded,
  type Recording,
} from './penalty-write.js';
import { readCase } from './record.js';
import { isPaid } from './transitions.js';

/**
 * Records the penalty decision of a case, which was made and signed in the agency's own system. It fixes the fine, and late
 * interest runs from its receipt. Money that came before counts towards it, also where it had paid off the provisional
 * amount: what is then too much goes back, what is missing is owed again.
 * The same decision told again changes nothing.
 * @throws {PenaltyError} for what the law or the case does not allow, `ANOTHER_DECISION` where one stands
 * @throws {CaseError} `NOT_ALLOWED`, `STALE_VERSION`, `CASE_NOT_FOUND`
 */
export async function recordDecision(
  ctx: Context,
  recording: Recording & { readonly decision: PenaltyDecision },
): Promise<Recorded> {
  const { caseId, officer } = recording;
  assertMayDecide(officer);
  const decision = tidied(recording.decision);
  return ctx.db.transaction().execute(async (trx) => {
    const noticeId = await lockNotice(trx, caseId);
    const record = await readCase(trx, caseId, true);
    const stands = await penaltyOf(trx, caseId);
    if (stands !== null) {
      if (isSameDecision(stands, decision)) return { version: record.version };
      throw new PenaltyError('ANOTHER_DECISION');
    }
    assertUnchanged(record.version, recording.version);
    const at = ctx.clock.now();
    checkDecision({ ...record, owner: record.ownerKind ?? 'person' }, decision, dayOf(at));
    if (noticeId === undefined) throw new PenaltyError('CASE_NOT_NOTIFIED');
    const event = { kind: 'penalty' } as const;
    const recorded = await writeDecision(trx, record, {
      noticeId,
      officer,
      decision,
      at,
      event,
      corrects: null,
    });
    await haveMoneyWeighed(trx, caseId);
    return recorded;
  });
}

/**
 * Records when the owner received the decision, where that was not known at first; the term to pay runs from that day.
 * The same day told again changes nothing.
 * @throws {PenaltyError} `NO_DECISION`, `RECEIPT_NOT_NOW`, `ANOTHER_RECEIPT`, `RECEIVED_BEFORE_ISSUE`, `RECEIVED_IN_FUTURE`
 * @throws {CaseError} as `recordDecision`
 */
export async function recordReceipt(
  ctx: Context,
  recording: Recording & { readonly receivedOn: string },
): Promise<Recorded> {
  const { caseId, officer, receivedOn } = recording;
  assertMayDecide(officer);
  return ctx.db.transaction().execute(async (trx) => {
    await lockNotice(trx, caseId);
    const record = await readCase(trx, caseId, true);
    const stands = await penaltyOf(trx, caseId);
    if (stands === null) throw new PenaltyError('NO_DECISION');
    if (stands.receivedOn === receivedOn) return { version: record.version };
    if (stands.receivedOn !== null) throw new PenaltyError('ANOTHER_RECEIPT');
    assertUnchanged(record.version, recording.version);
    // An owner may contest the decision on the day it comes; a case that is paid off cannot begin to owe interest.
    const open = record.state === 'notified' || record.state === 'disputed';
    if (!open || (await isPaid(trx, caseId))) throw new PenaltyError('RECEIPT_NOT_NOW');
    const at = ctx.clock.now();
    checkReceipt(stands.issuedOn, receivedOn, dayOf(at));
    return writeReceipt(trx, record, { id: stands.id, officer, receivedOn, at });
  });
}
