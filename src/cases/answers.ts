import { appendLeaf } from '../evidence/log.js';
import type { Context } from '../storage/context.js';
import { CaseError } from './errors.js';
import { actorOf, assertMayDecide, type Officer } from './officers.js';
import { haveMoneyWeighed } from './paid-money.js';
import { readCase } from './record.js';
import type { CaseState } from './states.js';
import { transition } from './transitions.js';

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
    if (outcome === 'void') await haveMoneyWeighed(trx, caseId);
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
    await haveMoneyWeighed(trx, caseId);
    return { state: moved.to, version: moved.version };
  });
}
