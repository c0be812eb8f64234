import { transition } from '../cases/transitions.js';
import { appendLeaf } from '../evidence/log.js';
import type { Context } from '../storage/context.js';
import { NoticeError } from './errors.js';

/** A notice that waits, and why. */
export interface Waiting {
  readonly number: string;
  readonly issuedAt: Date;
  readonly attempts: number;
  readonly reason: string | null;
}

/** Notices that have not reached their owner, the oldest first. */
export async function waitingNotices(ctx: Context): Promise<Waiting[]> {
  const rows = await ctx.db
    .selectFrom('deliveries as d')
    .innerJoin('notices as n', 'n.id', 'd.notice_id')
    .innerJoin('cases as c', 'c.id', 'n.case_id')
    .where('d.state', '=', 'pending')
    .where('c.state', '!=', 'void')
    .orderBy('n.issued_at')
    .select(['n.number', 'n.issued_at', 'd.attempts', 'd.last_error'])
    .execute();
  return rows.map((r) => ({
    number: r.number,
    issuedAt: r.issued_at,
    attempts: r.attempts,
    reason: r.last_error,
  }));
}

/**
 * Notes that a notice was handed over or posted on paper, for owners whom no digital account reaches.
 * `reference` is what proves it: the registered letter's number, or the signed slip's.
 * @throws {NoticeError} `NOTICE_NOT_FOUND` also where the notice is delivered already
 */
export async function servedOnPaper(
  ctx: Context,
  served: { number: string; officer: string; reference: string; at: Date },
): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('notices as n')
      .innerJoin('deliveries as d', 'd.notice_id', 'n.id')
      .innerJoin('cases as c', 'c.id', 'n.case_id')
      .where('n.number', '=', served.number)
      .where('d.state', '=', 'pending')
      .where('c.state', '!=', 'void')
      .select(['n.id', 'n.case_id'])
      .forUpdate()
      .executeTakeFirst();
    if (!row) throw new NoticeError('NOTICE_NOT_FOUND', `no notice ${served.number} waits for delivery`);
    const { officer, reference, at } = served;
    const proof = { kind: 'paper', officer, reference, deliveredAt: at.toISOString() };
    await tx
      .updateTable('deliveries')
      .set({ state: 'delivered', proof: JSON.stringify(proof), delivered_at: at, last_error: null })
      .where('notice_id', '=', row.id)
      .execute();
    await transition(tx, {
      caseId: row.case_id,
      event: 'notify',
      actor: `officer:${officer}`,
      at: ctx.clock.now(),
      data: { noticeId: row.id, ...proof },
    });
    await appendLeaf(tx, { kind: 'delivery', subject: row.id, entry: proof, at: ctx.clock.now() });
  });
}
