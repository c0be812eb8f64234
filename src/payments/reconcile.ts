import { transition } from '../cases/transitions.js';
import type { Context } from '../storage/context.js';
import { PaymentError } from './errors.js';
import type { PaymentGateway } from './gateway.js';
import { gatewayOf } from './gateway-of.js';
import { weighAllDecided } from './decided.js';
import { recordEvent } from './record.js';
import { refundVoided } from './refunds.js';

export interface Reconciled {
  /** Orders that the gateway was asked about. */
  readonly asked: number;
  /** Events that no webhook had told. */
  readonly found: number;
  /** Orders about which the gateway gave no answer. */
  readonly unanswered: number;
  readonly refunds: number;
  readonly closed: number;
}

const LOOK_BACK_MS = 30 * 86_400_000;

/**
 * Compares our books with the gateway's: asks about every order of the last 30 days that is not paid, takes what no
 * webhook told, writes refunds of voided and of decided cases, closes paid cases whose dispute was answered. Safe to run at any time.
 */
export async function reconcile(ctx: Context, gateway: PaymentGateway = gatewayOf(ctx)): Promise<Reconciled> {
  const orders = await ctx.db
    .selectFrom('payments')
    .select(['id', 'gateway_id'])
    .where('state', 'in', ['created', 'expired'])
    .where('gateway_id', 'is not', null)
    .where('created_at', '>', new Date(ctx.clock.now().getTime() - LOOK_BACK_MS))
    .orderBy('created_at')
    .execute();
  let found = 0;
  let unanswered = 0;
  for (const order of orders) {
    const taken = await askAbout(ctx, gateway, order.gateway_id ?? '');
    if (taken === null) unanswered += 1;
    else found += taken;
  }
  return {
    asked: orders.length,
    found,
    unanswered,
    refunds: (await refundVoided(ctx)) + (await weighAllDecided(ctx)),
    closed: await closePaid(ctx),
  };
}

/** Takes the events of one order that we have not seen. Null if the gateway does not answer. */
export async function askAbout(
  ctx: Context,
  gateway: PaymentGateway,
  orderId: string,
): Promise<number | null> {
  try {
    const events = await gateway.events(orderId);
    let taken = 0;
    for (const event of events) {
      const known = await ctx.db
        .selectFrom('payment_events')
        .select('outcome')
        .where('gateway_event_id', '=', event.eventId)
        .executeTakeFirst();
      if (known) continue;
      await recordEvent(ctx, event);
      taken += 1;
      ctx.log.warn({ eventId: event.eventId, orderId }, 'payment found by asking, no webhook came');
    }
    return taken;
  } catch (error) {
    if (!(error instanceof PaymentError)) throw error;
    ctx.log.warn({ orderId, code: error.code, detail: error.message }, 'gateway could not be asked');
    return null;
  }
}

/** A dispute that was answered after the money came in leaves the case paid, with nothing more to do. */
async function closePaid(ctx: Context): Promise<number> {
  const rows = await ctx.db
    .selectFrom('cases as c')
    .innerJoin('notices as n', 'n.case_id', 'c.id')
    .innerJoin('payments as p', 'p.notice_id', 'n.id')
    .where('c.state', '=', 'paid')
    .where('p.state', '=', 'paid')
    .select(['c.id', 'c.version'])
    .execute();
  for (const row of rows) {
    await transition(ctx.db, {
      caseId: row.id,
      event: 'close',
      actor: 'system:payments',
      at: ctx.clock.now(),
      version: row.version,
    });
  }
  return rows.length;
}
