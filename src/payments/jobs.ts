import type { Context } from '../storage/context.js';
import type { Handlers } from '../storage/handlers.js';
import { startChore, type Chore } from '../storage/chore.js';
import { enqueue } from '../storage/outbox.js';
import { gatewayOf } from './gateway-of.js';
import { weighDecided } from './decided.js';
import { askAbout, reconcile } from './reconcile.js';
import { refundVoided } from './refunds.js';

const ASK_AGAIN_MS = 5 * 60_000;
/** Banks tell of a transfer at the end of the day too; after this the daily reconciliation goes on asking. */
const STOP_ASKING_MS = 6 * 3_600_000;
const RECONCILE_EVERY_MS = 10 * 60_000;

/**
 * `settle`: a payment that was opened is asked about until it is paid or long expired, in case its webhook is lost;
 * one whose case was voided is refunded, one whose case was decided is weighed against the decision.
 */
export const handlers: Handlers = {
  async settle(ctx, paymentId) {
    const payment = await ctx.db
      .selectFrom('payments as p')
      .innerJoin('notices as n', 'n.id', 'p.notice_id')
      .innerJoin('cases as c', 'c.id', 'n.case_id')
      .select([
        'p.gateway_id',
        'p.state',
        'p.expires_at',
        'p.notice_id',
        'n.case_id',
        'c.state as case_state',
      ])
      .where('p.id', '=', paymentId)
      .executeTakeFirst();
    if (payment === undefined) return;
    if (payment.case_state === 'void') await refundVoided(ctx, payment.case_id);
    await weighDecided(ctx, payment.notice_id);
    if (payment.state !== 'created') return;
    if (payment.gateway_id !== null) await askAbout(ctx, gatewayOf(ctx), payment.gateway_id);
    const now = ctx.clock.now().getTime();
    if (now < payment.expires_at.getTime() + STOP_ASKING_MS) {
      await enqueue(ctx.db, 'settle', paymentId, new Date(now + ASK_AGAIN_MS));
    }
  },
};

/** Compares the books every ten minutes while the process lives. */
export function startChores(ctx: Context): Chore {
  return startChore(ctx, RECONCILE_EVERY_MS, 'reconciliation', () => reconcile(ctx));
}
