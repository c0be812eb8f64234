import { z } from 'zod';
import { formerPenaltiesOf, penaltyOf } from '../../cases/penalty-row.js';
import { eventMessages, RESPONSE_KINDS, responseKinds, type ResponseKind } from '../../cases/reasons.js';
import { addDays, dayOf } from '../../law/index.js';
import { noticeBody } from '../../notices/body.js';
import { bestFirst } from '../../notices/evidence-order.js';
import { roleName } from '../../notices/messages.js';
import { accountOf, standingAt } from '../../payments/account.js';
import { nextChange } from '../../payments/next-change.js';
import type { Context } from '../../storage/context.js';
import { notFound, type Visitor } from './access.js';
import { recordedMessage } from './messages.js';
import type { NoticeDetail } from './shapes.js';

/** What an owner may see of a case's history; holds, alarms and look-ups are the house's own. */
const SHOWN = [
  'open',
  'confirm',
  'notify',
  'respond',
  'dispute',
  'uphold',
  'void',
  'penalty',
  'penalty-received',
  'penalty-corrected',
  'pay',
  'reopen',
  'refund',
  'close',
] as const;

/** Everything that the portal shows of a notice. Nobody's name is in it, and what may tell one is left out for who has no papers. */
export async function detailOf(ctx: Context, visitor: Visitor): Promise<NoticeDetail> {
  const row = await ctx.db
    .selectFrom('notices as n')
    .innerJoin('cases as c', 'c.id', 'n.case_id')
    .leftJoin('deliveries as d', 'd.notice_id', 'n.id')
    .where('n.id', '=', visitor.noticeId)
    .select(['n.id', 'n.number', 'n.body', 'n.verify_code', 'c.state', 'd.delivered_at'])
    .executeTakeFirst();
  if (!row) throw notFound();
  const body = noticeBody.parse(row.body);
  const account = await accountOf(ctx.db, row.id);
  const now = ctx.clock.now();
  const standing = standingAt(account, now);
  return {
    id: row.id,
    number: row.number,
    issuedAt: body.issuedAt,
    deliveredAt: row.delivered_at?.toISOString() ?? null,
    state: row.state,
    as: visitor.as,
    vehicle: body.vehicle,
    occurredAt: body.occurredAt,
    place: body.place,
    unit: body.unit,
    officerUnit: body.officer.unit,
    confirmedAt: body.officer.confirmedAt,
    act: body.act,
    fine: body.fine,
    points: body.points,
    owed: {
      ...standing,
      due: row.state === 'void' ? 0 : standing.due,
      lastDayToPay: account.lastDayToPay,
      late: account.lastDayToPay !== null && dayOf(now) > account.lastDayToPay,
      next: row.state === 'void' ? null : nextChange(account, now),
    },
    decision: row.state === 'void' ? null : await decisionOf(ctx, visitor.caseId, account.lastDayToPay),
    appointments: body.appointments,
    evidence: body.evidence.map((e, index) => ({
      index,
      role: roleName(e.role),
      capturedAt: e.capturedAt,
      sha256: e.sha256,
      vehicle: e.vehicle !== null,
      plate: e.plate !== null,
    })),
    bestPicture: bestFirst(body.evidence, new Date(body.occurredAt))[0] ?? 0,
    reading: body.reading,
    timeline: await timelineOf(ctx, visitor.caseId, body.occurredAt),
    responses: await responsesOf(ctx, visitor),
    responseKinds: RESPONSE_KINDS.filter((kind) => kind !== 'accept').map((kind) => ({
      kind,
      label: responseKinds[kind],
    })),
    ...(await moneyOf(ctx, row.id)),
    verify: {
      keyId: body.verify.keyId,
      code: visitor.papers ? body.verify.code : null,
      url: visitor.papers ? body.verify.url : null,
    },
    may: {
      pay: ['notified', 'disputed'].includes(row.state) && standing.due > 0,
      respond: ['notified', 'disputed', 'paid', 'closed'].includes(row.state),
      papers: visitor.papers,
    },
  };
}

/** The decision as its owner may check it against the paper. Whoever knows number and plate sees the signer's rank, no name. */
async function decisionOf(
  ctx: Context,
  caseId: string,
  lastDayToPay: string | null,
): Promise<NoticeDetail['decision']> {
  const penalty = await penaltyOf(ctx.db, caseId);
  if (penalty === null) return null;
  const { number, issuedOn, receivedOn, signer, amount } = penalty;
  const interestFrom = lastDayToPay === null ? null : addDays(lastDayToPay, 1);
  const former = (await formerPenaltiesOf(ctx.db, caseId)).map((one) => ({
    number: one.number,
    issuedOn: one.issuedOn,
    amount: one.amount,
    correctedAt: one.correctedAt,
  }));
  return { number, issuedOn, receivedOn, signer, amount, interestFrom, former };
}

async function timelineOf(
  ctx: Context,
  caseId: string,
  occurredAt: string,
): Promise<NoticeDetail['timeline']> {
  const events = await ctx.db
    .selectFrom('case_events')
    .where('case_id', '=', caseId)
    .where('kind', 'in', [...SHOWN])
    .orderBy('seq')
    .select(['at', 'kind', 'to_state'])
    .execute();
  const recorded = {
    at: occurredAt,
    kind: 'record',
    text: recordedMessage,
    state: null,
  };
  return [
    recorded,
    ...events.map((e) => ({
      at: e.at.toISOString(),
      kind: e.kind,
      text: eventMessages[e.kind as (typeof SHOWN)[number]],
      state: e.to_state,
    })),
  ];
}

/** People write of themselves and of others: what was said is shown to whom the papers are open. */
async function responsesOf(ctx: Context, { caseId, papers }: Visitor): Promise<NoticeDetail['responses']> {
  const rows = await ctx.db
    .selectFrom('responses')
    .selectAll()
    .where('case_id', '=', caseId)
    .orderBy('at')
    .execute();
  return rows.map((r) => ({
    at: r.at.toISOString(),
    kind: responseKinds[r.kind as ResponseKind],
    text: papers ? r.text : null,
    attachments: z.array(z.unknown()).catch([]).parse(r.attachments).length,
    answeredAt: r.answered_at?.toISOString() ?? null,
    answer: papers ? r.answer : null,
    outcome: r.outcome,
  }));
}

async function moneyOf(ctx: Context, noticeId: string): Promise<Pick<NoticeDetail, 'receipt' | 'refunds'>> {
  const receipt = await ctx.db
    .selectFrom('receipts as r')
    .innerJoin('payments as p', 'p.id', 'r.payment_id')
    .where('p.notice_id', '=', noticeId)
    .orderBy('r.issued_at', 'desc')
    .select(['r.number', 'r.issued_at'])
    .executeTakeFirst();
  const refunds = await ctx.db
    .selectFrom('refunds as f')
    .innerJoin('payments as p', 'p.id', 'f.payment_id')
    .where('p.notice_id', '=', noticeId)
    .orderBy('f.created_at')
    .select(['f.amount', 'f.reason', 'f.state', 'f.created_at'])
    .execute();
  return {
    receipt: receipt ? { number: receipt.number, issuedAt: receipt.issued_at.toISOString() } : null,
    refunds: refunds.map((f) => ({
      amount: f.amount,
      reason: f.reason,
      state: f.state,
      at: f.created_at.toISOString(),
    })),
  };
}
