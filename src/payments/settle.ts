import { idOf, readableCode } from '../core/ids.js';
import { transition } from '../cases/transitions.js';
import { appendLeaf } from '../evidence/log.js';
import { formatNumber, nextOf } from '../notices/number.js';
import { yearInVietnam } from '../notices/vietnamese.js';
import type { Context, Db } from '../storage/context.js';
import type { FineAccount } from './account.js';
import type { GatewayEvent } from './gateway.js';
import { printReceipt } from './receipt-form.js';
import { receiptFacts } from './receipt-facts.js';

/** Marks a fine as paid in full: payment, receipt, case and log leaf, in the transaction that took the money. */
export async function settle(
  ctx: Context,
  tx: Db,
  paid: { account: FineAccount; paymentId: string; event: GatewayEvent; paidAt: Date },
): Promise<void> {
  const { account, paymentId, event, paidAt } = paid;
  const now = ctx.clock.now();
  await tx
    .updateTable('payments')
    .set({ state: 'paid', paid_at: paidAt })
    .where('id', '=', paymentId)
    .execute();
  const receipt = await writeReceipt(ctx, tx, paymentId, now);
  const moved = await transition(tx, {
    caseId: account.caseId,
    event: 'pay',
    actor: `gateway:${event.orderId}`,
    at: now,
    data: { paymentId, eventId: event.eventId, amount: event.amount, receipt: receipt.number },
  });
  // Money for a case that is disputed is taken; the case closes when an officer has answered.
  if (moved.to === 'paid')
    await transition(tx, {
      caseId: account.caseId,
      event: 'close',
      actor: 'system:payments',
      at: now,
      data: { paymentId },
    });
  await appendLeaf(tx, {
    kind: 'payment',
    subject: paymentId,
    entry: {
      noticeNumber: account.number,
      eventId: event.eventId,
      orderId: event.orderId,
      amount: event.amount,
      currency: event.currency,
      paidAt: event.paidAt,
      receipt: receipt.number,
      receiptSha256: receipt.pdfSha256,
    },
    at: now,
  });
}

async function writeReceipt(
  ctx: Context,
  tx: Db,
  paymentId: string,
  issuedAt: Date,
): Promise<{ number: string; pdfSha256: string }> {
  const year = yearInVietnam(issuedAt);
  const number = formatNumber(await nextOf(tx, `receipt-${year}`), year, 'BL');
  const code = readableCode(12).replace(/(.{4})(?=.)/g, '$1-');
  const facts = await receiptFacts(ctx, tx, paymentId, { number, issuedAt, code });
  const pdfSha256 = await ctx.blobs.put(await printReceipt(facts));
  await tx
    .insertInto('receipts')
    .values({
      id: idOf('receipt', paymentId),
      number,
      payment_id: paymentId,
      issued_at: issuedAt,
      pdf_sha256: pdfSha256,
      verify_code: code,
    })
    .execute();
  return { number, pdfSha256 };
}
