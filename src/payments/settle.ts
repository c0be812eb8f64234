import { idOf, readableCode } from '../core/ids.js';
import { transition } from '../cases/transitions.js';
import { appendLeaf } from '../evidence/log.js';
import { formatNumber, nextOf } from '../notices/number.js';
import { yearInVietnam } from '../notices/vietnamese.js';
import type { Context, Db } from '../storage/context.js';
import type { FineAccount } from './account.js';
import { printReceipt } from './receipt-form.js';
import { receiptFacts } from './receipt-facts.js';

/** What paid a fine off: money of the gateway, or a decision that fixed the fine at no more than had come in before. */
export interface Settling {
  readonly account: FineAccount;
  /** The payment whose money was the last. */
  readonly paymentId: string;
  readonly paidAt: Date;
  readonly actor: string;
  /** As the case's history and the evidence log tell it. */
  readonly why: Readonly<Record<string, string | number>>;
}

/**
 * Marks a fine as paid in full: payment, receipt, case and log leaf, in the transaction that found it so. A payment that had
 * paid it off once (before a decision fixed more, and was corrected) has its receipt and its leaf, which stay as they are.
 */
export async function settle(ctx: Context, tx: Db, settling: Settling): Promise<void> {
  const { account, paymentId, paidAt, actor, why } = settling;
  const now = ctx.clock.now();
  const had = await tx
    .selectFrom('receipts')
    .select('number')
    .where('payment_id', '=', paymentId)
    .executeTakeFirst();
  await tx
    .updateTable('payments')
    .set(had ? { state: 'paid' } : { state: 'paid', paid_at: paidAt })
    .where('id', '=', paymentId)
    .execute();
  const made = had === undefined ? await writeReceipt(ctx, tx, paymentId, now) : null;
  const moved = await transition(tx, {
    caseId: account.caseId,
    event: 'pay',
    actor,
    at: now,
    data: { paymentId, ...why, receipt: made?.number ?? had?.number },
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
  if (made === null) return;
  await appendLeaf(tx, {
    kind: 'payment',
    subject: paymentId,
    entry: {
      noticeNumber: account.number,
      paidAt: paidAt.toISOString(),
      ...why,
      receipt: made.number,
      receiptSha256: made.pdfSha256,
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
      total: facts.total,
    })
    .execute();
  return { number, pdfSha256 };
}
