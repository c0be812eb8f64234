import { noticeBody, noticeOwner } from '../notices/body.js';
import type { Context, Db } from '../storage/context.js';
import { unseal } from '../storage/sealing.js';

/** What a receipt says. Amounts in đồng. */
export interface ReceiptFacts {
  readonly number: string;
  readonly issuedAt: Date;
  readonly verifyCode: string;
  readonly verifyUrl: string;
  readonly unit: string;
  readonly issuedIn: string;
  readonly payer: string;
  readonly noticeNumber: string;
  readonly noticeIssuedAt: string;
  /** The penalty decision; null where the provisional amount was paid before there was one. */
  readonly decision: { readonly number: string; readonly issuedOn: string } | null;
  readonly plate: string;
  readonly behaviour: string;
  readonly citation: string;
  readonly fine: number;
  readonly interest: number;
  readonly total: number;
  /** Each sum that came in, with the bank's reference where it gave one. */
  readonly sums: readonly { readonly amount: number; readonly paidAt: Date; readonly reference: string }[];
}

/** Gathers the receipt of a payment that has just been paid in full, inside the transaction that took the money. */
export async function receiptFacts(
  ctx: Context,
  tx: Db,
  paymentId: string,
  stamp: { number: string; issuedAt: Date; code: string },
): Promise<ReceiptFacts> {
  const notice = await tx
    .selectFrom('notices as n')
    .innerJoin('payments as p', 'p.notice_id', 'n.id')
    .leftJoin('penalty_decisions as pd', (on) =>
      on.onRef('pd.notice_id', '=', 'n.id').on('pd.corrected_at', 'is', null),
    )
    .where('p.id', '=', paymentId)
    .select(['n.id', 'n.number', 'n.body', 'n.body_sealed', 'n.fine_default'])
    .select(['pd.number as decision', 'pd.issued_on', 'pd.amount as decided'])
    .executeTakeFirstOrThrow();
  const events = await tx
    .selectFrom('payment_events as e')
    .innerJoin('payments as p', 'p.id', 'e.payment_id')
    .where('p.notice_id', '=', notice.id)
    .where('e.applied', '>', 0)
    .orderBy('e.paid_at')
    .select(['e.applied', 'e.paid_at', 'e.at', 'p.reference'])
    .execute();
  const body = noticeBody.parse(notice.body);
  const fine = notice.decided ?? notice.fine_default;
  const total = events.reduce((sum, e) => sum + e.applied, 0);
  return {
    number: stamp.number,
    issuedAt: stamp.issuedAt,
    verifyCode: stamp.code,
    verifyUrl: `${ctx.config.publicUrls.citizen}/verify/${stamp.code}`,
    unit: body.unit.name.vi,
    issuedIn: body.issuedIn.vi,
    payer:
      notice.body_sealed === null
        ? ''
        : ownerName(unseal(ctx.keys, notice.body_sealed, `notice:${notice.id}`)),
    noticeNumber: notice.number,
    noticeIssuedAt: body.issuedAt,
    decision:
      notice.decision === null || notice.issued_on === null
        ? null
        : { number: notice.decision, issuedOn: notice.issued_on },
    plate: body.vehicle.plate,
    behaviour: body.act.behaviour.vi,
    citation: body.act.citation.vi,
    fine,
    interest: total - fine,
    total,
    sums: events.map((e) => ({ amount: e.applied, paidAt: e.paid_at ?? e.at, reference: e.reference })),
  };
}

const ownerName = (sealed: Buffer): string => noticeOwner.parse(JSON.parse(sealed.toString('utf8'))).name;
