import { penaltyOf } from '../cases/penalty-row.js';
import { isPaid } from '../cases/transitions.js';
import { idOf } from '../core/ids.js';
import type { Context, Db } from '../storage/context.js';
import { accountOf, standingAt } from './account.js';
import { settle } from './settle.js';
import { partsToGiveBack } from './standing.js';

interface Sum {
  readonly eventId: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly paidAt: Date;
}

/**
 * Weighs what had been paid towards the provisional amount of a notice against the decision that came after: what is more
 * than it fixed goes back, the last sum first, and a fine that is covered is settled. Running it again changes nothing.
 * Call it after a decision; `reconcile` calls it for all.
 * @returns how many refunds were written
 */
export async function weighDecided(ctx: Context, noticeId: string): Promise<number> {
  return ctx.db.transaction().execute(async (tx) => {
    const account = await accountOf(tx, noticeId, true);
    const penalty = await penaltyOf(tx, account.caseId);
    // Void, all of it goes back; paid off, all of it counted.
    const open = account.caseState === 'notified' || account.caseState === 'disputed';
    if (penalty === null || !open || (await isPaid(tx, account.caseId))) return 0;
    const { due, over } = standingAt(account, ctx.clock.now());
    const parts = partsToGiveBack(await sumsOf(tx, noticeId), over);
    for (const { sum, back } of parts) await giveBack(tx, sum, back, ctx.clock.now());
    const last = (await sumsOf(tx, noticeId)).at(-1);
    if (due === 0 && last !== undefined) {
      await settle(ctx, tx, {
        account,
        paymentId: last.paymentId,
        paidAt: last.paidAt,
        actor: 'system:payments',
        why: { penaltyId: penalty.id, decision: penalty.number, eventId: last.eventId },
      });
    }
    return parts.length;
  });
}

/** Weighs every decided case that has money and is not settled. */
export async function weighAllDecided(ctx: Context): Promise<number> {
  const rows = await ctx.db
    .selectFrom('penalty_decisions as pd')
    .innerJoin('cases as c', 'c.id', 'pd.case_id')
    .innerJoin('payments as p', 'p.notice_id', 'pd.notice_id')
    .where('c.state', 'in', ['notified', 'disputed'])
    .where('p.paid_amount', '>', 0)
    .select('pd.notice_id')
    .distinct()
    .execute();
  let refunds = 0;
  for (const row of rows) refunds += await weighDecided(ctx, row.notice_id);
  return refunds;
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
async function giveBack(tx: Db, sum: Sum, amount: number, at: Date): Promise<void> {
  await tx
    .updateTable('payment_events')
    .set((eb) => ({ applied: eb('applied', '-', amount) }))
    .where('gateway_event_id', '=', sum.eventId)
    .execute();
  await tx
    .updateTable('payments')
    .set((eb) => ({ paid_amount: eb('paid_amount', '-', amount) }))
    .where('id', '=', sum.paymentId)
    .execute();
  await tx
    .insertInto('refunds')
    .values({
      id: idOf('refund-decided', sum.eventId),
      payment_id: sum.paymentId,
      gateway_event_id: sum.eventId,
      amount,
      reason: 'over',
      created_at: at,
      sent_at: null,
    })
    .execute();
}
