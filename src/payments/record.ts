import canonicalize from 'canonicalize';
import { idOf } from '../core/ids.js';
import { transition } from '../cases/transitions.js';
import type { Context, Db } from '../storage/context.js';
import { accountOf, standingAt, standingFor, type FineAccount } from './account.js';
import { weigh } from './decided.js';
import { PaymentError } from './errors.js';
import type { GatewayEvent } from './gateway.js';
import { settle } from './settle.js';
import { judgeMoney, type Outcome, type Verdict } from './verdict.js';

/**
 * Takes what the gateway says it received, once: an event that is told again answers with what became of it then.
 * The event, the payment, the receipt, the case's new state and the refund are one transaction.
 * @throws {PaymentError} `EVENT_CHANGED` when a known event id comes with another body
 */
export async function recordEvent(ctx: Context, event: GatewayEvent): Promise<Outcome> {
  return ctx.db.transaction().execute(async (tx) => {
    const known = await insertOnce(ctx, tx, event);
    if (known !== null) return known;
    const payment = await tx
      .selectFrom('payments')
      .select(['id', 'notice_id', 'gateway_id'])
      .where('reference', '=', event.reference)
      .executeTakeFirst();
    // An order that was opened but whose answer we lost has no gateway id yet; another order's id is no proof of ours.
    if (!payment || (payment.gateway_id !== null && payment.gateway_id !== event.orderId)) {
      ctx.log.error({ eventId: event.eventId }, 'money without a payment of ours');
      return 'unknown-reference';
    }
    const account = await accountToPay(ctx, tx, payment.notice_id);
    const paidAt = paidAtOf(ctx, event);
    const verdict = judgeMoney(
      account.caseState,
      standingFor(account, paidAt).due,
      event.amount,
      event.currency,
    );
    await apply(tx, event, payment.id, verdict, ctx.clock.now());
    if (verdict.outcome === 'void') await movePay(ctx, tx, account.caseId, event);
    if (verdict.settles) {
      const { eventId, orderId, amount, currency, paidAt: told } = event;
      const why = { eventId, orderId, amount, currency, paidAt: told };
      await settle(ctx, tx, { account, paymentId: payment.id, paidAt, actor: `gateway:${orderId}`, why });
    }
    return verdict.outcome;
  });
}

/** Money may overtake the weighing of a decision that fixed more than had paid the case off. */
async function accountToPay(ctx: Context, tx: Db, noticeId: string): Promise<FineAccount> {
  const account = await accountOf(tx, noticeId, true);
  const ended = account.caseState === 'paid' || account.caseState === 'closed';
  if (!ended || standingAt(account, ctx.clock.now()).due === 0) return account;
  await weigh(ctx, tx, noticeId);
  return accountOf(tx, noticeId);
}

/** A gateway's clock that runs ahead must not make the payer late. */
const paidAtOf = (ctx: Context, event: GatewayEvent): Date =>
  new Date(Math.min(Date.parse(event.paidAt), ctx.clock.now().getTime()));

/** The outcome of an event that is known already, or null after writing it down. */
async function insertOnce(ctx: Context, tx: Db, event: GatewayEvent): Promise<Outcome | null> {
  const body = canonicalize(event) ?? '';
  const inserted = await tx
    .insertInto('payment_events')
    .values({
      gateway_event_id: event.eventId,
      at: ctx.clock.now(),
      outcome: 'unknown-reference',
      body,
      paid_at: paidAtOf(ctx, event),
    })
    .onConflict((c) => c.column('gateway_event_id').doNothing())
    .returning('gateway_event_id')
    .executeTakeFirst();
  if (inserted) return null;
  const before = await tx
    .selectFrom('payment_events')
    .select(['outcome', 'body'])
    .where('gateway_event_id', '=', event.eventId)
    .executeTakeFirstOrThrow();
  if (canonicalize(before.body) !== body) {
    throw new PaymentError('EVENT_CHANGED', 'a known event came with another body', {
      details: { eventId: event.eventId },
    });
  }
  return before.outcome as Outcome;
}

async function apply(
  tx: Db,
  event: GatewayEvent,
  paymentId: string,
  verdict: Verdict,
  at: Date,
): Promise<void> {
  await tx
    .updateTable('payment_events')
    .set({ payment_id: paymentId, outcome: verdict.outcome, applied: verdict.applied })
    .where('gateway_event_id', '=', event.eventId)
    .execute();
  if (verdict.applied > 0) {
    await tx
      .updateTable('payments')
      .set((eb) => ({
        paid_amount: eb(eb.fn.coalesce('paid_amount', eb.lit(0)), '+', verdict.applied),
        gateway_id: event.orderId,
      }))
      .where('id', '=', paymentId)
      .execute();
  }
  if (verdict.refund > 0) {
    const reason =
      verdict.outcome === 'void' ? 'void' : verdict.outcome === 'duplicate' ? 'duplicate' : 'over';
    await tx
      .insertInto('refunds')
      .values({
        id: idOf('refund', event.eventId),
        payment_id: paymentId,
        gateway_event_id: event.eventId,
        amount: verdict.refund,
        reason,
        created_at: at,
        sent_at: null,
      })
      .execute();
  }
}

/** The case's history shows money that crossed a voiding on its way. */
async function movePay(ctx: Context, tx: Db, caseId: string, event: GatewayEvent): Promise<void> {
  await transition(tx, {
    caseId,
    event: 'pay',
    actor: `gateway:${event.orderId}`,
    at: ctx.clock.now(),
    data: { eventId: event.eventId, amount: event.amount, refund: true },
  });
}
