import { dayOf, deadline, endOfDay } from '../law/index.js';
import type { Db } from '../storage/context.js';
import { PaymentError } from './errors.js';
import { standingOn, type Received, type Standing } from './standing.js';

/** The money side of a notice. */
export interface FineAccount {
  readonly noticeId: string;
  readonly number: string;
  readonly caseId: string;
  readonly caseState: string;
  /** What the penalty decision says; before there is one, provisionally the notice's standard amount. */
  readonly fine: number;
  /**
   * The last day to pay without interest, YYYY-MM-DD in Vietnam. Null until the owner has received a penalty decision: a
   * notice is no decision, and however long it lies nobody owes interest on it (Luật XLVPHC Điều 73, 78).
   */
  readonly lastDayToPay: string | null;
  readonly received: readonly Received[];
}

/**
 * Reads the account of a notice. With `lock` the notice's row is held until the transaction ends, so that two payments
 * of one fine wait for each other. @throws {PaymentError} `NOTICE_NOT_FOUND`
 */
export async function accountOf(db: Db, noticeId: string, lock = false): Promise<FineAccount> {
  if (lock) await db.selectFrom('notices').select('id').where('id', '=', noticeId).forUpdate().execute();
  const row = await db
    .selectFrom('notices as n')
    .innerJoin('cases as c', 'c.id', 'n.case_id')
    .leftJoin('penalty_decisions as pd', 'pd.case_id', 'c.id')
    .where('n.id', '=', noticeId)
    .select([
      'n.id',
      'n.number',
      'n.fine_default',
      'c.id as case_id',
      'c.state',
      'pd.amount',
      'pd.received_on',
    ])
    .executeTakeFirst();
  if (!row) throw new PaymentError('NOTICE_NOT_FOUND', 'no such notice', { details: { noticeId } });
  const events = await db
    .selectFrom('payment_events as e')
    .innerJoin('payments as p', 'p.id', 'e.payment_id')
    .where('p.notice_id', '=', noticeId)
    .where('e.applied', '>', 0)
    .select(['e.applied', 'e.paid_at', 'e.at'])
    .execute();
  return {
    noticeId: row.id,
    number: row.number,
    caseId: row.case_id,
    caseState: row.state,
    fine: row.amount ?? row.fine_default,
    lastDayToPay: row.received_on === null ? null : dayOf(deadline('pay', endOfDay(row.received_on))),
    received: events.map((e) => ({ amount: e.applied, day: dayOf(e.paid_at ?? e.at) })),
  };
}

export function standingAt(account: FineAccount, at: Date): Standing {
  return standingOn(dayOf(at), account.fine, account.lastDayToPay, account.received);
}
