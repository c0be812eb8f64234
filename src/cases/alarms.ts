import { deadline } from '../law/index.js';
import type { Context, Db } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';
import { appendEvent } from './events.js';

const DAY = 86_400_000;

export type AlarmLevel =
  | 'notice-in-3-days'
  | 'notice-in-1-day'
  | 'notice-overdue'
  | 'expires-in-30-days'
  | 'expires-in-3-days'
  | 'expired'
  | 'answer-in-3-days'
  | 'answer-overdue';

interface Alarm {
  readonly level: AlarmLevel;
  readonly at: Date;
}

interface Deadlines {
  readonly noticeDueAt: Date;
  readonly expiresAt: Date;
}

const before = (due: Date, days: number): Date => new Date(due.getTime() - days * DAY);

/** Every alarm of a case whose notice has not reached its owner, in order of time. */
export function alarmsOf({ noticeDueAt, expiresAt }: Deadlines): Alarm[] {
  return [
    { level: 'notice-in-3-days' as const, at: before(noticeDueAt, 3) },
    { level: 'notice-in-1-day' as const, at: before(noticeDueAt, 1) },
    { level: 'notice-overdue' as const, at: noticeDueAt },
    { level: 'expires-in-30-days' as const, at: before(expiresAt, 30) },
    { level: 'expires-in-3-days' as const, at: before(expiresAt, 3) },
    { level: 'expired' as const, at: expiresAt },
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** Every alarm of a dispute that was raised at an instant: it is to be taken up within the law's days. */
export function answerAlarms(raisedAt: Date): Alarm[] {
  const due = deadline('complaint-accept', raisedAt);
  return [
    { level: 'answer-in-3-days', at: before(due, 3) },
    { level: 'answer-overdue', at: due },
  ];
}

const nextOf = (alarms: readonly Alarm[], now: Date): Alarm | null =>
  alarms.find((alarm) => alarm.at > now) ?? null;
const currentOf = (alarms: readonly Alarm[], now: Date): Alarm | null =>
  alarms.findLast((alarm) => alarm.at <= now) ?? null;

/** The first alarm after `now`, null when all are past. */
export const nextAlarm = (deadlines: Deadlines, now: Date): Alarm | null => nextOf(alarmsOf(deadlines), now);

/** The alarm that rings now: the last one reached. */
export const currentAlarm = (deadlines: Deadlines, now: Date): AlarmLevel | null =>
  currentOf(alarmsOf(deadlines), now)?.level ?? null;

/**
 * Job `remind`: tells of a case whose statutory deadline is near or gone, once a level, and sets the next alarm; removes
 * the owner's data from a rejected case once the decision can no longer be taken back.
 * Nothing here decides a case: one that expires waits for its officer to reject it.
 */
export async function remind(ctx: Context, caseId: string): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    const row = await trx
      .selectFrom('cases')
      .select(['state', 'notice_due_at', 'expires_at', 'owner_sealed'])
      .where('id', '=', caseId)
      .forUpdate()
      .executeTakeFirst();
    if (!row) return;
    if (row.state === 'rejected') {
      if (row.owner_sealed !== null) await forgetOwner(trx, caseId, ctx.clock.now());
      return;
    }
    await ring(
      ctx,
      trx,
      caseId,
      await alarmsFor(trx, caseId, row.state, { noticeDueAt: row.notice_due_at, expiresAt: row.expires_at }),
    );
  });
}

async function alarmsFor(trx: Db, caseId: string, state: string, deadlines: Deadlines): Promise<Alarm[]> {
  // A confirmed case has had its officer and still no notice: a queue that stalls must not let its deadline pass unseen.
  if (state === 'candidate' || state === 'confirmed') return alarmsOf(deadlines);
  if (state !== 'disputed') return [];
  const { raised } = await trx
    .selectFrom('responses')
    .select((eb) => eb.fn.min('at').as('raised'))
    .where('case_id', '=', caseId)
    .where('answered_at', 'is', null)
    .executeTakeFirstOrThrow();
  return raised === null ? [] : answerAlarms(raised);
}

async function ring(ctx: Context, trx: Db, caseId: string, alarms: readonly Alarm[]): Promise<void> {
  const now = ctx.clock.now();
  const alarm = currentOf(alarms, now);
  if (alarm && !(await hasRung(trx, caseId, alarm))) {
    const data = { level: alarm.level, due: alarm.at.toISOString() };
    await appendEvent(trx, { caseId, kind: 'alarm', actor: 'system:cases', at: now, data });
    ctx.log.warn({ caseId, ...data }, 'statutory deadline');
  }
  const next = nextOf(alarms, now);
  if (next) await enqueue(trx, 'remind', caseId, next.at);
}

async function hasRung(trx: Db, caseId: string, alarm: Alarm): Promise<boolean> {
  const rung = await trx
    .selectFrom('case_events')
    .select('data')
    .where('case_id', '=', caseId)
    .where('kind', '=', 'alarm')
    .execute();
  // A second dispute has the same levels as the first, and other instants.
  return rung.some(({ data }) => {
    const { level, due } = data as { level?: unknown; due?: unknown };
    return level === alarm.level && due === alarm.at.toISOString();
  });
}

async function forgetOwner(trx: Db, caseId: string, at: Date): Promise<void> {
  await trx
    .updateTable('cases')
    .set({ owner_sealed: null, digital_account: null })
    .where('id', '=', caseId)
    .execute();
  await appendEvent(trx, { caseId, kind: 'owner-purged', actor: 'system:cases', at });
}
