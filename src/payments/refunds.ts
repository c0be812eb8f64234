import { idOf } from '../core/ids.js';
import { transition } from '../cases/transitions.js';
import { both } from '../core/messages.js';
import type { Context, Db } from '../storage/context.js';
import { PaymentError } from './errors.js';
import { refundCounted } from './messages.js';

/**
 * Writes the refund of every payment whose case was voided after the money had come in. Running it again adds nothing.
 * Call it after voiding a case; `reconcile` calls it for all.
 * @returns how many refunds were written
 */
export async function refundVoided(ctx: Context, caseId?: string): Promise<number> {
  return ctx.db.transaction().execute(async (tx) => {
    let query = tx
      .selectFrom('payments as p')
      .innerJoin('notices as n', 'n.id', 'p.notice_id')
      .innerJoin('cases as c', 'c.id', 'n.case_id')
      .where('c.state', '=', 'void')
      .where('p.paid_amount', '>', 0)
      .where('p.state', '!=', 'refunded')
      .select(['p.id', 'p.paid_amount'])
      .forUpdate('p');
    if (caseId !== undefined) query = query.where('c.id', '=', caseId);
    const owed = await query.execute();
    for (const payment of owed) {
      await tx
        .insertInto('refunds')
        .values({
          id: idOf('refund-void', payment.id),
          payment_id: payment.id,
          gateway_event_id: null,
          amount: payment.paid_amount ?? 0,
          reason: 'void',
          created_at: ctx.clock.now(),
          sent_at: null,
        })
        .onConflict((c) => c.column('id').doNothing())
        .execute();
      await tx.updateTable('payments').set({ state: 'refunded' }).where('id', '=', payment.id).execute();
    }
    return owed.length;
  });
}

/**
 * Notes that the treasury has sent a refund; the case's history shows it. Marking it twice changes nothing.
 * @throws {PaymentError} `REFUND_COUNTED` where a corrected decision made it count again: it was not to be sent
 */
export async function refundSent(ctx: Context, refundId: string, actor: string): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const at = ctx.clock.now();
    const sent = await tx
      .updateTable('refunds')
      .set({ state: 'sent', sent_at: at })
      .where('id', '=', refundId)
      .where('state', '=', 'owed')
      .returning(['payment_id', 'amount', 'reason'])
      .executeTakeFirst();
    if (!sent) await assertNotCounted(tx, refundId);
    if (!sent || sent.reason !== 'void') return;
    const { case_id: caseId } = await tx
      .selectFrom('payments as p')
      .innerJoin('notices as n', 'n.id', 'p.notice_id')
      .where('p.id', '=', sent.payment_id)
      .select('n.case_id')
      .executeTakeFirstOrThrow();
    await transition(tx, { caseId, event: 'refund', actor, at, data: { refundId, amount: sent.amount } });
  });
}

async function assertNotCounted(tx: Db, refundId: string): Promise<void> {
  const row = await tx.selectFrom('refunds').select('state').where('id', '=', refundId).executeTakeFirst();
  if (row?.state === 'counted') throw new PaymentError('REFUND_COUNTED', both(refundCounted));
}
