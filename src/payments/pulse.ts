import { sql } from 'kysely';
import { queueCounts } from '../cases/queue.js';
import { calendarEnd, dayOf, daysBetween } from '../law/index.js';
import type { Db } from '../storage/context.js';
import { PICTURE_FAULTS } from '../vision/errors.js';

/** What must not go wrong in silence, as numbers. Zero is well, but for `calendarDaysLeft`. */
export interface Pulse {
  readonly casesReady: number;
  readonly casesHeld: number;
  readonly casesDisputed: number;
  readonly casesOverdue: number;
  readonly casesDueSoon: number;
  readonly noticesWaiting: number;
  readonly noticesOverdue: number;
  readonly jobsOpen: number;
  readonly oldestJobSeconds: number;
  readonly jobsSetAside: number;
  readonly refundsOwed: number;
  readonly moneyUnassigned: number;
  readonly headAgeSeconds: number;
  readonly calendarDaysLeft: number;
}

/** Takes the pulse of the house: deadlines, jobs, money and the evidence log, in two queries. */
export async function pulseOf(db: Db, now: Date): Promise<Pulse> {
  const counts = await queueCounts(db, now, undefined);
  const { rows } = await sql<Omit<Pulse, `cases${string}` | 'calendarDaysLeft'>>`
    select
      (select count(*) from deliveries d join notices n on n.id = d.notice_id join cases c on c.id = n.case_id
        where d.state = 'pending' and c.state <> 'void')::int as "noticesWaiting",
      (select count(*) from cases where state = 'confirmed' and notice_due_at < ${now})::int as "noticesOverdue",
      (select count(*) from outbox where done_at is null and (not_before is null or not_before <= ${now}))::int as "jobsOpen",
      (select coalesce(extract(epoch from ${now}::timestamptz - min(coalesce(not_before, created_at))), 0) from outbox
        where done_at is null and (not_before is null or not_before <= ${now}))::float8 as "oldestJobSeconds",
      (select count(*) from set_aside where topic <> 'read' or reason <> all(${[...PICTURE_FAULTS]}::text[]))::int as "jobsSetAside",
      (select count(*) from refunds where state = 'owed')::int as "refundsOwed",
      (select count(*) from payment_events where outcome in ('unknown-reference', 'wrong-currency'))::int as "moneyUnassigned",
      (select coalesce(extract(epoch from ${now}::timestamptz - min(at)), 0) from log_leaves
        where idx >= coalesce((select max(size) from log_heads), 0))::float8 as "headAgeSeconds"`.execute(db);
  return {
    casesReady: counts.ready,
    casesHeld: counts.held,
    casesDisputed: counts.disputed,
    casesOverdue: counts.overdue,
    casesDueSoon: counts.dueSoon,
    ...rows[0]!,
    calendarDaysLeft: daysBetween(dayOf(now), calendarEnd()),
  };
}
