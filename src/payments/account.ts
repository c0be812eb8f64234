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
  /**
   * When the decision was recorded. What was paid before went towards a provisional amount of which we said that no term
   * runs: it is never late, whenever the decision turns out to have been received.
   */
  readonly provisionalUntil: Date | null;
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
    .leftJoin('penalty_decisions as pd', (on) =>
      on.onRef('pd.case_id', '=', 'c.id').on('pd.corrected_at', 'is', null),
    )
    .where('n.id', '=', noticeId)
    .select([
      'n.id',
      'n.number',
      'n.fine_default',
      'c.id as case_id',
      'c.state',
      'pd.amount',
      'pd.received_on',
      'pd.recorded_at',
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
  const account = {
    noticeId: row.id,
    number: row.number,
    caseId: row.case_id,
    caseState: row.state,
    fine: row.amount ?? row.fine_default,
    lastDayToPay: row.received_on === null ? null : dayOf(deadline('pay', endOfDay(row.received_on))),
    provisionalUntil: row.recorded_at,
  };
  const received = events.map((e) => ({
    amount: e.applied,
    day: countedDay(account, e.paid_at ?? e.at),
  }));
  return { ...account, received };
}

/** Where a fine stands at an instant. */
export function standingAt(account: FineAccount, at: Date): Standing {
  return standingOn(dayOf(at), account.fine, account.lastDayToPay, account.received);
}

/** What money that was paid at an instant found owed. */
export function standingFor(account: FineAccount, paidAt: Date): Standing {
  return standingOn(countedDay(account, paidAt), account.fine, account.lastDayToPay, account.received);
}

/** The day in Vietnam for which money counts. */
function countedDay(account: Pick<FineAccount, 'lastDayToPay' | 'provisionalUntil'>, paidAt: Date): string {
  const { lastDayToPay, provisionalUntil } = account;
  const day = dayOf(paidAt);
  const provisional = provisionalUntil !== null && paidAt < provisionalUntil;
  return provisional && lastDayToPay !== null && day > lastDayToPay ? lastDayToPay : day;
}
