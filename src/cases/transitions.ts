import type { Db } from '../storage/context.js';
import { assertUnchanged, CaseError } from './errors.js';
import { appendEvent, inTransaction } from './events.js';
import { nextState, OFFICER_EVENTS, type CaseEvent, type CaseState } from './states.js';

export interface Transition {
  readonly caseId: string;
  readonly event: CaseEvent;
  /** `officer:<username>`, `citizen:owner`, `citizen:<notice number>`, `system:<room>`, `gateway:<id>`. */
  readonly actor: string;
  readonly at: Date;
  readonly data?: Readonly<Record<string, unknown>>;
  /** The version that the actor looked at; left out by systems, which act on whatever is there. */
  readonly version?: number;
}

export interface Moved {
  readonly from: CaseState;
  readonly to: CaseState;
  readonly version: number;
  readonly seq: number;
}

/**
 * The only writer of `cases.state`. Joins the caller's transaction, or makes its own.
 * @throws {CaseError} `CASE_NOT_FOUND`, `STALE_VERSION`, `NOT_ALLOWED`, `ILLEGAL_TRANSITION`.
 */
export function transition(db: Db, move: Transition): Promise<Moved> {
  return inTransaction(db, async (trx) => {
    const { caseId, event, actor, at } = move;
    const row = await trx
      .selectFrom('cases')
      .select(['state', 'version'])
      .where('id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new CaseError('CASE_NOT_FOUND', `no case ${caseId}`);
    assertUnchanged(row.version, move.version);
    if (OFFICER_EVENTS.includes(event) && !actor.startsWith('officer:')) {
      throw new CaseError('NOT_ALLOWED', `${event} is for an officer, not ${actor}`);
    }
    const from = row.state as CaseState;
    const to = nextState(from, event, event === 'uphold' && (await isPaid(trx, caseId)));
    if (to === null) {
      throw new CaseError('ILLEGAL_TRANSITION', `${event} cannot happen to a case that is ${from}`, {
        details: { from, event },
      });
    }
    const version = row.version + 1;
    await trx
      .updateTable('cases')
      .set({ state: to, version, updated_at: at })
      .where('id', '=', caseId)
      .execute();
    const seq = await appendEvent(trx, {
      caseId,
      kind: event,
      actor,
      at,
      from,
      to,
      ...(move.data ? { data: move.data } : {}),
    });
    return { from, to, version, seq };
  });
}

/** Whether a payment for the case has come in and was not given back. */
export async function isPaid(db: Db, caseId: string): Promise<boolean> {
  const row = await db
    .selectFrom('payments')
    .innerJoin('notices', 'notices.id', 'payments.notice_id')
    .select('payments.id')
    .where('notices.case_id', '=', caseId)
    .where('payments.state', '=', 'paid')
    .executeTakeFirst();
  return row !== undefined;
}
