import { newId } from '../core/ids.js';
import { appendLeaf } from '../evidence/log.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { answerAlarms } from './alarms.js';
import { CaseError } from './errors.js';
import { appendEvent } from './events.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { readCase } from './record.js';
import { RESPONSE_KINDS, type ResponseKind } from './reasons.js';
import type { CaseState } from './states.js';
import { transition } from './transitions.js';

/** A file that an owner sent along; its bytes are in the blob store under their hash. */
export interface Attachment {
  readonly sha256: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

export interface Response {
  readonly caseId: string;
  readonly kind: ResponseKind;
  readonly text: string;
  readonly attachments: readonly Attachment[];
  /** `citizen:<account or notice>` */
  readonly actor: string;
}

/**
 * What an owner answers to a notice. Every kind but `accept` contests it: the case goes back to the officers, and a
 * payment stays possible. Answers to a case that is disputed already are added to it.
 * @throws {CaseError} `CASE_NOT_FOUND`, `ILLEGAL_TRANSITION` where there is no notice to answer, `REASON_REQUIRED` for a
 * dispute without words, `TOO_MANY_RESPONSES`
 */
export async function respond(
  ctx: Context,
  response: Response,
): Promise<{ responseId: string; state: CaseState }> {
  const { caseId, kind, actor } = response;
  const text = response.text.trim();
  if (!RESPONSE_KINDS.includes(kind) || (kind !== 'accept' && text === '')) {
    throw new CaseError('REASON_REQUIRED', 'an answer that contests says why');
  }
  return ctx.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('cases')
      .select('state')
      .where('id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new CaseError('CASE_NOT_FOUND', `no case ${caseId}`);
    const at = ctx.clock.now();
    const responseId = newId(at.getTime());
    const data = { responseId, response: kind };
    const stays = kind === 'accept' || row.state === 'disputed';
    if (stays && !['notified', 'disputed', 'paid', 'closed'].includes(row.state)) {
      throw new CaseError('ILLEGAL_TRANSITION', `a case that is ${row.state} has no notice to answer`);
    }
    await assertFew(trx, caseId);
    if (stays) await appendEvent(trx, { caseId, kind: 'respond', actor, at, data });
    const state = stays
      ? (row.state as CaseState)
      : (await transition(trx, { caseId, event: 'dispute', actor, at, data })).to;
    if (!stays) await enqueue(trx, 'remind', caseId, answerAlarms(at)[0]!.at);
    await trx
      .insertInto('responses')
      .values({
        id: responseId,
        case_id: caseId,
        kind,
        text,
        attachments: JSON.stringify(response.attachments),
        at,
        // Accepting needs no answer.
        answered_at: kind === 'accept' ? at : null,
        outcome: kind === 'accept' ? 'accepted' : null,
      })
      .execute();
    return { responseId, state };
  });
}

/** Nobody has this much to say, and each answer may bring pictures. */
const MOST_RESPONSES = 20;

async function assertFew(trx: Db, caseId: string): Promise<void> {
  const { n } = await trx
    .selectFrom('responses')
    .select((eb) => eb.fn.countAll<string>().as('n'))
    .where('case_id', '=', caseId)
    .executeTakeFirstOrThrow();
  if (Number(n) >= MOST_RESPONSES)
    throw new CaseError('TOO_MANY_RESPONSES', `a notice is answered at most ${MOST_RESPONSES} times`);
}

export interface Answer {
  readonly caseId: string;
  readonly officer: Officer;
  readonly version: number;
  readonly outcome: 'uphold' | 'void';
  /** What the owner is told. */
  readonly answer: string;
}

/**
 * An officer's answer to all open responses of a disputed case. Upheld, the fine stands (and stays paid if it was);
 * voided, the case ends and money that came in is to be given back.
 * @throws {CaseError} `NOT_ALLOWED`, `REASON_REQUIRED`, `NO_OPEN_RESPONSE`, `STALE_VERSION`, `ILLEGAL_TRANSITION`,
 * `CASE_NOT_FOUND`
 */
export async function answerResponse(
  ctx: Context,
  given: Answer,
): Promise<{ state: CaseState; version: number }> {
  const { caseId, officer, version, outcome } = given;
  assertMayDecide(officer);
  const answer = given.answer.trim();
  if (answer === '') throw new CaseError('REASON_REQUIRED', 'an answer has reasons');
  return ctx.db.transaction().execute(async (trx) => {
    const at = ctx.clock.now();
    const moved = await transition(trx, {
      caseId,
      event: outcome,
      actor: actorOf(officer),
      at,
      version,
      data: { answer },
    });
    const answered = await trx
      .updateTable('responses')
      .set({
        answered_at: at,
        answered_by: officer.id,
        answer,
        outcome: outcome === 'uphold' ? 'upheld' : 'voided',
      })
      .where('case_id', '=', caseId)
      .where('answered_at', 'is', null)
      .returning('id')
      .execute();
    if (answered.length === 0) throw new CaseError('NO_OPEN_RESPONSE', 'there is no response to answer');
    const said = {
      caseId,
      officer: officer.username,
      outcome,
      answer,
      responses: answered.map(({ id }) => id),
    };
    await appendLeaf(trx, { kind: 'answer', subject: answered[0]!.id, entry: said, at });
    if (outcome === 'void') await giveBack(trx, caseId);
    if (moved.to !== 'paid') return { state: moved.to, version: moved.version };
    const closed = await transition(trx, { caseId, event: 'close', actor: 'system:cases', at });
    return { state: closed.to, version: closed.version };
  });
}

/**
 * Voids a case whose notice should not go out, or should not have (an error of the site, a withdrawn certificate).
 * @throws {CaseError} `NOT_ALLOWED`, `REASON_REQUIRED`, `STALE_VERSION`, `ILLEGAL_TRANSITION`, `CASE_NOT_FOUND`
 */
export async function voidCase(
  ctx: Context,
  voiding: {
    readonly caseId: string;
    readonly officer: Officer;
    readonly version: number;
    readonly reason: string;
  },
): Promise<{ state: CaseState; version: number }> {
  const { caseId, officer, version } = voiding;
  assertMayDecide(officer);
  const reason = voiding.reason.trim();
  if (reason === '') throw new CaseError('REASON_REQUIRED', 'a case is voided for a reason');
  return ctx.db.transaction().execute(async (trx) => {
    const at = ctx.clock.now();
    await readCase(trx, caseId, true);
    const moved = await transition(trx, {
      caseId,
      event: 'void',
      actor: actorOf(officer),
      at,
      version,
      data: { reason },
    });
    await appendLeaf(trx, {
      kind: 'void',
      subject: caseId,
      entry: { officer: officer.username, reason },
      at,
    });
    await trx
      .updateTable('responses')
      .set({ answered_at: at, answered_by: officer.id, answer: reason, outcome: 'voided' })
      .where('case_id', '=', caseId)
      .where('answered_at', 'is', null)
      .execute();
    await giveBack(trx, caseId);
    return { state: moved.to, version: moved.version };
  });
}

/** Has the payments room write the refund of every payment that brought money. */
async function giveBack(trx: Db, caseId: string): Promise<void> {
  const paid = await trx
    .selectFrom('payments')
    .innerJoin('notices', 'notices.id', 'payments.notice_id')
    .where('notices.case_id', '=', caseId)
    .where('payments.paid_amount', '>', 0)
    .select('payments.id')
    .execute();
  for (const payment of paid) await enqueue(trx, 'settle', payment.id);
}
