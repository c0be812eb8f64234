import { newId } from '../core/ids.js';
import { appendLeaf } from '../evidence/log.js';
import { dayOf } from '../law/index.js';
import type { Context, Db } from '../storage/context.js';
import { assertUnchanged } from './errors.js';
import { appendEvent } from './events.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { haveMoneyWeighed } from './paid-money.js';
import { checkDecision, checkReceipt, type PenaltyDecision } from './penalty-check.js';
import { PenaltyError } from './penalty-errors.js';
import { isSameDecision, penaltyOf } from './penalty-row.js';
import { readCase, type CaseRecord } from './record.js';

interface Recording {
  readonly caseId: string;
  readonly officer: Officer;
  /** The version that was on the screen; left out by the command, which has none. */
  readonly version?: number;
}

interface Recorded {
  readonly version: number;
}

/**
 * Records the penalty decision of a case, which was made and signed in the agency's own system. It fixes the fine, and late
 * interest runs from its receipt; money that came before counts towards it, and what is then too much goes back.
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
    const id = await insert(trx, { caseId, noticeId, officer, decision, at });
    const version = await tell(trx, record, { kind: 'penalty', officer, at, data: { id, ...decision } });
    await appendLeaf(trx, { kind: 'penalty', subject: id, entry: { officer: officer.username }, at });
    await haveMoneyWeighed(trx, caseId);
    const { receivedOn } = decision;
    return receivedOn === null
      ? { version }
      : writeReceipt(trx, { ...record, version }, { id, officer, receivedOn, at });
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
    if (record.state !== 'notified' && record.state !== 'disputed') throw new PenaltyError('RECEIPT_NOT_NOW');
    const at = ctx.clock.now();
    checkReceipt(stands.issuedOn, receivedOn, dayOf(at));
    return writeReceipt(trx, record, { id: stands.id, officer, receivedOn, at });
  });
}

/** Payments hold a notice and then its case: held in the same order, neither waits for the other. */
async function lockNotice(trx: Db, caseId: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('notices')
    .select('id')
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  return row?.id;
}

async function insert(
  trx: Db,
  made: { caseId: string; noticeId: string; officer: Officer; decision: PenaltyDecision; at: Date },
): Promise<string> {
  const { decision, at } = made;
  const row = await trx
    .insertInto('penalty_decisions')
    .values({
      id: newId(at.getTime()),
      case_id: made.caseId,
      notice_id: made.noticeId,
      number: decision.number,
      amount: decision.amount,
      signer_name: decision.signerName,
      signer_rank: decision.signerRank,
      mitigating: decision.mitigating,
      aggravating: decision.aggravating,
      issued_on: decision.issuedOn,
      recorded_by: made.officer.id,
      recorded_at: at,
    })
    .onConflict((conflict) => conflict.column('number').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new PenaltyError('NUMBER_TAKEN');
  return row.id;
}

async function writeReceipt(
  trx: Db,
  record: CaseRecord,
  received: { id: string; officer: Officer; receivedOn: string; at: Date },
): Promise<Recorded> {
  const { id, officer, receivedOn, at } = received;
  await trx
    .updateTable('penalty_decisions')
    .set({ received_on: receivedOn, receipt_recorded_by: officer.id, receipt_recorded_at: at })
    .where('id', '=', id)
    .execute();
  const kind = 'penalty-received';
  const version = await tell(trx, record, { kind, officer, at, data: { id, receivedOn } });
  await appendLeaf(trx, { kind, subject: id, entry: { officer: officer.username }, at });
  return { version };
}

/** Into the case's history, under its next version: whoever has it open is told that it changed. */
async function tell(
  trx: Db,
  record: CaseRecord,
  event: { kind: string; officer: Officer; at: Date; data: Readonly<Record<string, unknown>> },
): Promise<number> {
  const { kind, officer, at, data } = event;
  const version = record.version + 1;
  await trx.updateTable('cases').set({ version, updated_at: at }).where('id', '=', record.id).execute();
  await appendEvent(trx, { caseId: record.id, kind, actor: actorOf(officer), at, data });
  return version;
}

/** Without the white space that typing leaves; an empty circumstance is none. */
function tidied(decision: PenaltyDecision): PenaltyDecision {
  const short = (text: string): string => text.trim().replace(/\s+/g, ' ');
  return {
    ...decision,
    number: short(decision.number),
    signerName: short(decision.signerName),
    mitigating: decision.mitigating?.trim() || null,
    aggravating: decision.aggravating?.trim() || null,
  };
}
