import { sql } from 'kysely';
import { penaltyOf } from '../cases/penalty-row.js';
import { isPaid, transition } from '../cases/transitions.js';
import { idOf } from '../core/ids.js';
import type { Context, Db } from '../storage/context.js';
import { accountOf, standingAt, type FineAccount } from './account.js';
import { settle } from './settle.js';
import { partsToGiveBack } from './standing.js';

interface Sum {
  readonly eventId: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly paidAt: Date;
}

/**
 * Weighs what had been paid towards a notice against the decision that came after, or was corrected: what is more than it
 * fixed goes back, the last sum first; a fine that is covered is settled; one that had been paid off provisionally and is
 * covered no more is owed again, the rest of it. Running it again changes nothing.
 * Call it after a decision; `reconcile` calls it for all.
 * @returns how many refunds were written
 */
export const weighDecided = (ctx: Context, noticeId: string): Promise<number> =>
  ctx.db.transaction().execute((tx) => weigh(ctx, tx, noticeId));

/** As `weighDecided`, in the caller's transaction. */
export async function weigh(ctx: Context, tx: Db, noticeId: string): Promise<number> {
  const held = await accountOf(tx, noticeId, true);
  const penalty = await penaltyOf(tx, held.caseId);
  // Void, all of it goes back.
  if (penalty === null || !WEIGHED.includes(held.caseState)) return 0;
  const now = ctx.clock.now();
  const account =
    standingAt(held, now).due > 0 && (await countAgain(tx, noticeId)) ? await accountOf(tx, noticeId) : held;
  const { due, over } = standingAt(account, now);
  const parts = partsToGiveBack(await sumsOf(tx, noticeId), over);
  for (const { sum, back } of parts)
    await giveBack(tx, sum, { amount: back, penaltyId: penalty.id, at: now });
  const wasPaid = await isPaid(tx, account.caseId);
  const last = (await sumsOf(tx, noticeId)).at(-1);
  if (due === 0 && !wasPaid && last !== undefined) {
    await settle(ctx, tx, {
      account,
      paymentId: last.paymentId,
      paidAt: last.paidAt,
      actor: 'system:payments',
      why: { penaltyId: penalty.id, decision: penalty.number, eventId: last.eventId },
    });
  }
  if (due > 0 && wasPaid) await reopen(tx, account, { penaltyId: penalty.id, rest: due, at: now });
  return parts.length;
}

const WEIGHED: readonly string[] = ['notified', 'disputed', 'paid', 'closed'];

/** Jobs are tried for hours; what is older was weighed. */
const LOOK_BACK_MS = 30 * 86_400_000;

/**
 * Weighs every decided case that has money and is not settled; and those of the last 30 days that had been settled before
 * the decision, and not for its amount. Settled after it, a fine may hold interest besides and is left alone.
 */
export async function weighAllDecided(ctx: Context): Promise<number> {
  const since = new Date(ctx.clock.now().getTime() - LOOK_BACK_MS);
  const { rows } = await sql<{ notice_id: string }>`
    select pd.notice_id
    from penalty_decisions pd join cases c on c.id = pd.case_id join payments p on p.notice_id = pd.notice_id
    where pd.corrected_at is null and c.state in ('notified', 'disputed') and p.paid_amount > 0
    union
    select pd.notice_id
    from penalty_decisions pd join cases c on c.id = pd.case_id join payments p on p.notice_id = pd.notice_id
    where pd.corrected_at is null and pd.recorded_at > ${since} and c.state in ('paid', 'closed')
    group by pd.id
    having max(p.paid_at) filter (where p.state = 'paid') <= pd.recorded_at and sum(p.paid_amount) <> pd.amount`.execute(
    ctx.db,
  );
  let refunds = 0;
  for (const row of rows) refunds += await weighDecided(ctx, row.notice_id);
  return refunds;
}

/**
 * The fine had been paid off, and a decision fixed more: the case is open again on the same notice, for the rest alone. What
 * was paid stays paid, with its receipt. While a dispute is open it stays open.
 */
async function reopen(
  tx: Db,
  account: FineAccount,
  why: { readonly penaltyId: string; readonly rest: number; readonly at: Date },
): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ state: 'partial' })
    .where('notice_id', '=', account.noticeId)
    .where('state', '=', 'paid')
    .execute();
  if (account.caseState === 'disputed') return;
  const { at, penaltyId, rest } = why;
  await transition(tx, {
    caseId: account.caseId,
    event: 'reopen',
    actor: 'system:payments',
    at,
    data: { penaltyId, rest },
  });
}

/**
 * What was to go back by a decision that has been corrected, and which the treasury has not sent, counts again.
 * @returns whether there was any
 */
async function countAgain(tx: Db, noticeId: string): Promise<boolean> {
  const refunds = await tx
    .updateTable('refunds as f')
    .from('penalty_decisions as pd')
    .set({ state: 'counted' })
    .whereRef('pd.id', '=', 'f.penalty_id')
    .where('pd.corrected_at', 'is not', null)
    .where('f.payment_id', 'in', (own) =>
      own.selectFrom('payments').select('payments.id').where('payments.notice_id', '=', noticeId),
    )
    .where('f.state', '=', 'owed')
    .returning(['f.gateway_event_id', 'f.payment_id', 'f.amount'])
    .execute();
  for (const { gateway_event_id: eventId, payment_id: paymentId, amount } of refunds)
    if (eventId !== null) await count(tx, { eventId, paymentId }, amount);
  return refunds.length > 0;
}

/** The sums that count towards a fine, oldest first. */
async function sumsOf(tx: Db, noticeId: string): Promise<Sum[]> {
  const rows = await tx
    .selectFrom('payment_events as e')
    .innerJoin('payments as p', 'p.id', 'e.payment_id')
    .where('p.notice_id', '=', noticeId)
    .where('e.applied', '>', 0)
    .orderBy((eb) => eb.fn.coalesce('e.paid_at', 'e.at'))
    .orderBy('e.gateway_event_id')
    .select(['e.gateway_event_id', 'e.applied', 'e.paid_at', 'e.at', 'p.id'])
    .execute();
  return rows.map((row) => ({
    eventId: row.gateway_event_id,
    paymentId: row.id,
    amount: row.applied,
    paidAt: row.paid_at ?? row.at,
  }));
}

/** Moves a part of a sum from what counts to what is owed back, so that both still make what came in. */
async function giveBack(
  tx: Db,
  sum: Sum,
  back: { readonly amount: number; readonly penaltyId: string; readonly at: Date },
): Promise<void> {
  await count(tx, sum, -back.amount);
  await tx
    .insertInto('refunds')
    .values({
      id: idOf('refund-decided', sum.eventId, back.penaltyId),
      payment_id: sum.paymentId,
      gateway_event_id: sum.eventId,
      amount: back.amount,
      reason: 'over',
      created_at: back.at,
      sent_at: null,
      penalty_id: back.penaltyId,
    })
    .execute();
}

/** Changes by how much a sum counts towards its fine. */
async function count(tx: Db, of: Pick<Sum, 'eventId' | 'paymentId'>, change: number): Promise<void> {
  await tx
    .updateTable('payment_events')
    .set((eb) => ({ applied: eb('applied', '+', change) }))
    .where('gateway_event_id', '=', of.eventId)
    .execute();
  await tx
    .updateTable('payments')
    .set((eb) => ({ paid_amount: eb('paid_amount', '+', change) }))
    .where('id', '=', of.paymentId)
    .execute();
}
