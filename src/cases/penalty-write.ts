import { newId } from '../core/ids.js';
import { appendLeaf } from '../evidence/log.js';
import type { Db } from '../storage/context.js';
import { appendEvent } from './events.js';
import { actorOf, type Officer } from './officers.js';
import type { PenaltyDecision } from './penalty-check.js';
import { PenaltyError } from './penalty-errors.js';
import type { CaseRecord } from './record.js';

/** What an officer does about the penalty decision of one case. */
export interface Recording {
  readonly caseId: string;
  readonly officer: Officer;
  /** The version that was on the screen; left out by the command, which has none. */
  readonly version?: number;
}

export interface Recorded {
  readonly version: number;
}

/** Payments hold a notice and then its case: held in the same order, neither waits for the other. */
export async function lockNotice(trx: Db, caseId: string): Promise<string | undefined> {
  const row = await trx
    .selectFrom('notices')
    .select('id')
    .where('case_id', '=', caseId)
    .forUpdate()
    .executeTakeFirst();
  return row?.id;
}

interface Writing {
  readonly noticeId: string;
  readonly officer: Officer;
  readonly decision: PenaltyDecision;
  readonly at: Date;
  /** How the case's history calls it, and what it says beside the decision. */
  readonly event: { readonly kind: 'penalty' | 'penalty-corrected'; readonly data?: object };
  /** The row whose place it takes, which has been marked as corrected. */
  readonly corrects: string | null;
}

/**
 * Writes a decision, and its receipt where that is known: row, history and seal. Hold the notice and the case.
 * @throws {PenaltyError} `NUMBER_TAKEN`
 */
export async function writeDecision(trx: Db, record: CaseRecord, writing: Writing): Promise<Recorded> {
  const { decision, officer, at, event } = writing;
  const id = await insert(trx, record.id, writing);
  const data = { id, ...decision, ...event.data };
  const version = await tell(trx, record, { kind: event.kind, officer, at, data });
  await appendLeaf(trx, { kind: 'penalty', subject: id, entry: { officer: officer.username }, at });
  const { receivedOn } = decision;
  return receivedOn === null
    ? { version }
    : writeReceipt(trx, { ...record, version }, { id, officer, receivedOn, at });
}

async function insert(trx: Db, caseId: string, writing: Writing): Promise<string> {
  const { decision, at } = writing;
  const row = await trx
    .insertInto('penalty_decisions')
    .values({
      id: newId(at.getTime()),
      case_id: caseId,
      notice_id: writing.noticeId,
      number: decision.number,
      amount: decision.amount,
      signer_name: decision.signerName,
      signer_rank: decision.signerRank,
      mitigating: decision.mitigating,
      aggravating: decision.aggravating,
      issued_on: decision.issuedOn,
      recorded_by: writing.officer.id,
      recorded_at: at,
      corrects: writing.corrects,
    })
    .onConflict((conflict) => conflict.column('number').where('corrected_at', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row) throw new PenaltyError('NUMBER_TAKEN');
  return row.id;
}

/** Writes when the owner received a decision. Hold the case. */
export async function writeReceipt(
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
export function tidied(decision: PenaltyDecision): PenaltyDecision {
  const short = (text: string): string => text.trim().replace(/\s+/g, ' ');
  return {
    ...decision,
    number: short(decision.number),
    signerName: short(decision.signerName),
    mitigating: decision.mitigating?.trim() || null,
    aggravating: decision.aggravating?.trim() || null,
  };
}
