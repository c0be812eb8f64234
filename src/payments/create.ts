import { idOf, readableCode } from '../core/ids.js';
import { dayOf, endOfDay } from '../law/index.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { accountOf, standingAt } from './account.js';
import { PaymentError } from './errors.js';
import type { PaymentGateway } from './gateway.js';
import { gatewayOf } from './gateway-of.js';
import { transferContent, vietQr } from './vietqr.js';

export interface OpenPayment {
  readonly id: string;
  readonly noticeId: string;
  readonly amount: number;
  readonly content: string;
  readonly qr: string;
  readonly expiresAt: Date;
}

/** How soon the gateway is asked by ourselves if it has told nothing. */
const ASK_AFTER_MS = 60_000;

/**
 * Opens a payment of all that a notice owes today, or gives the open one back. Its amount holds until the end of the
 * day in Vietnam, when late interest may change it.
 * @throws {PaymentError} `NOTICE_NOT_FOUND` | `NOT_PAYABLE` | `ALREADY_PAID` | `GATEWAY_…`
 */
export async function createPayment(
  ctx: Context,
  noticeId: string,
  gateway: PaymentGateway = gatewayOf(ctx),
): Promise<OpenPayment> {
  const row = await ctx.db.transaction().execute((tx) => openRow(ctx, tx, noticeId));
  const content = transferContent(row.number, row.reference);
  const made = { id: row.id, noticeId, amount: row.amount, content, qr: row.qr, expiresAt: row.expires_at };
  if (row.gateway_id !== null) return made;

  // No lock is held while the gateway thinks; the payment's id makes the same order of a repeated request.
  const { orderId } = await gateway.open({
    paymentId: row.id,
    reference: row.reference,
    amount: row.amount,
    content,
    expiresAt: row.expires_at,
    webhook: `${ctx.config.publicUrls.citizen}/v1/payments/webhook`,
  });
  // The money may be here already, and its leaf sealed with this same id: then nothing is left to write.
  await ctx.db
    .updateTable('payments')
    .set({ gateway_id: orderId })
    .where('id', '=', row.id)
    .where('gateway_id', 'is', null)
    .execute();
  return made;
}

async function openRow(ctx: Context, tx: Db, noticeId: string) {
  const account = await accountOf(tx, noticeId, true);
  const now = ctx.clock.now();
  const { due } = standingAt(account, now);
  if (due === 0) throw new PaymentError('ALREADY_PAID', 'nothing is owed', { details: { noticeId } });
  // Who disputes may pay all the same, so that no late interest runs meanwhile; voided, it is given back.
  if (account.caseState !== 'notified' && account.caseState !== 'disputed') {
    throw new PaymentError('NOT_PAYABLE', `case is ${account.caseState}`, {
      details: { noticeId, state: account.caseState },
    });
  }
  const open = await tx
    .selectFrom('payments')
    .selectAll()
    .where('notice_id', '=', noticeId)
    .where('state', '=', 'created')
    .where('expires_at', '>', now)
    .where('amount', '=', due)
    .executeTakeFirst();
  if (open) return { ...open, number: account.number };

  await tx
    .updateTable('payments')
    .set({ state: 'expired' })
    .where('notice_id', '=', noticeId)
    .where('state', '=', 'created')
    .execute();
  const { last } = await tx
    .selectFrom('payments')
    .where('notice_id', '=', noticeId)
    .select((eb) => eb.fn.coalesce(eb.fn.max('attempt'), eb.lit(0)).as('last'))
    .executeTakeFirstOrThrow();
  const attempt = Number(last) + 1;
  const reference = readableCode(10);
  const { payeeBankBin: bin, payeeAccount } = ctx.config.paymentGateway;
  const made = await tx
    .insertInto('payments')
    .values({
      id: idOf('payment', noticeId, attempt),
      notice_id: noticeId,
      attempt,
      amount: due,
      reference,
      qr: vietQr({ bin, account: payeeAccount }, due, transferContent(account.number, reference)),
      created_at: now,
      expires_at: endOfDay(dayOf(now)),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await enqueue(tx, 'settle', made.id, new Date(now.getTime() + ASK_AFTER_MS));
  return { ...made, number: account.number };
}
