import { noticeBody, type NoticeBody } from '../notices/body.js';
import { normaliseCode } from '../notices/checking.js';
import type { Context } from '../storage/context.js';

/** What anyone may learn of a receipt by its code. */
export interface CheckedReceipt {
  readonly kind: 'receipt';
  readonly number: string;
  readonly issuedAt: string;
  /** The sum that is printed on it. */
  readonly amount: number;
  readonly body: NoticeBody;
  /** False once the money was given back. */
  readonly stands: boolean;
}

/** Checks a receipt by the code printed on it. Null if no receipt has it. */
export async function verifyReceipt(ctx: Context, code: string): Promise<CheckedReceipt | null> {
  const row = await ctx.db
    .selectFrom('receipts as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .innerJoin('notices as n', 'n.id', 'p.notice_id')
    .where('r.verify_code', '=', normaliseCode(code))
    .select(['r.number', 'r.issued_at', 'r.total', 'p.state', 'n.body', 'n.id'])
    .executeTakeFirst();
  if (!row) return null;
  return {
    kind: 'receipt',
    number: row.number,
    issuedAt: row.issued_at.toISOString(),
    amount: row.total ?? (await counted(ctx, row.id)),
    body: noticeBody.parse(row.body),
    // 'partial': a decision fixed more afterwards, and what the receipt says was paid was paid.
    stands: row.state === 'paid' || row.state === 'partial',
  };
}

/** Receipts of before their sum was kept: what counts towards the fine. */
async function counted(ctx: Context, noticeId: string): Promise<number> {
  const { total } = await ctx.db
    .selectFrom('payment_events as e')
    .innerJoin('payments as p', 'p.id', 'e.payment_id')
    .where('p.notice_id', '=', noticeId)
    .select((eb) => eb.fn.coalesce(eb.fn.sum<string>('e.applied'), eb.lit(0)).as('total'))
    .executeTakeFirstOrThrow();
  return Number(total);
}
