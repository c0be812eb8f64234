import { sql } from 'kysely';
import { ID_PATTERN } from '../core/ids.js';
import type { Db } from '../storage/context.js';
import { ROW_KINDS, type RowKind } from './rows.js';

/** Which rows of each kind there are to seal, with the instant from which they should be; and those of one case. */
const SUBJECTS: Readonly<Record<RowKind, { all: string; table: string; ofCase: string }>> = {
  frame: {
    table: 'frames',
    all: 'select id, received_at as at from frames',
    // Evidence that was altered may name anything; what is no id names no frame.
    ofCase: `select distinct case when e ->> 'frameId' ~ '${ID_PATTERN}' then (e ->> 'frameId')::uuid end as id
             from cases c join violations v on v.id = c.violation_id, lateral jsonb_array_elements(v.evidence) e where c.id = `,
  },
  violation: {
    table: 'violations',
    all: 'select id, created_at as at from violations',
    ofCase: 'select violation_id as id from cases where id = ',
  },
  decision: {
    table: 'reviews',
    all: 'select id, at from reviews',
    ofCase: 'select id from reviews where case_id = ',
  },
  undo: {
    table: 'reviews',
    all: 'select id, undone_at as at from reviews where undone_at is not null',
    ofCase: 'select id from reviews where undone_at is not null and case_id = ',
  },
  notice: {
    table: 'notices',
    all: 'select id, issued_at as at from notices',
    ofCase: 'select id from notices where case_id = ',
  },
  delivery: {
    table: 'deliveries',
    all: "select notice_id as id, delivered_at as at from deliveries where state = 'delivered'",
    ofCase:
      "select n.id from notices n join deliveries d on d.notice_id = n.id and d.state = 'delivered' where n.case_id = ",
  },
  payment: {
    table: 'payments',
    all: 'select id, paid_at as at from payments where paid_at is not null',
    ofCase:
      'select p.id from payments p join notices n on n.id = p.notice_id and p.paid_at is not null where n.case_id = ',
  },
  answer: {
    table: 'responses',
    all: 'select id, answered_at as at from responses where answered_at is not null',
    ofCase: 'select id from responses where answered_at is not null and case_id = ',
  },
  penalty: {
    table: 'penalty_decisions',
    all: 'select id, recorded_at as at from penalty_decisions',
    ofCase: 'select id from penalty_decisions where case_id = ',
  },
  'penalty-received': {
    table: 'penalty_decisions',
    all: 'select id, receipt_recorded_at as at from penalty_decisions where received_on is not null',
    ofCase: 'select id from penalty_decisions where received_on is not null and case_id = ',
  },
  'penalty-corrected': {
    table: 'penalty_decisions',
    all: 'select id, corrected_at as at from penalty_decisions where corrected_at is not null',
    ofCase: 'select id from penalty_decisions where corrected_at is not null and case_id = ',
  },
  deletion: {
    table: 'deletion_records',
    all: 'select id, at from deletion_records',
    ofCase: `select distinct f.deletion_id as id
             from cases c join violations v on v.id = c.violation_id, lateral jsonb_array_elements(v.evidence) e
             join frames f on f.id = case when e ->> 'frameId' ~ '${ID_PATTERN}' then (e ->> 'frameId')::uuid end
             where f.deletion_id is not null and c.id = `,
  },
};

export interface Subject {
  readonly kind: RowKind;
  readonly subject: string;
  readonly table: string;
  /** Since when it should be sealed. */
  readonly at: Date;
}

/** Everything that a case rests on. */
export async function subjectsOfCase(db: Db, caseId: string): Promise<Subject[]> {
  const found: Subject[] = [];
  for (const kind of ROW_KINDS) {
    const { all, table, ofCase } = SUBJECTS[kind];
    const { rows } = await sql<{ id: string; at: Date }>`
      select r.id, r.at from (${sql.raw(all)}) r
      where r.id in (select o.id from (${sql.raw(ofCase)}${caseId}::uuid) o) order by r.at, r.id`.execute(db);
    found.push(...rows.map(({ id, at }) => ({ kind, subject: id, table, at })));
  }
  return found;
}

/** Rows of the given time without a leaf, oldest first, at most `limit` of each kind. */
export async function unsealed(
  db: Db,
  within: { from?: Date; until: Date; limit: number },
): Promise<Subject[]> {
  const found: Subject[] = [];
  for (const kind of ROW_KINDS) {
    const { all, table } = SUBJECTS[kind];
    const { rows } = await sql<{ id: string; at: Date }>`
      select r.id, r.at from (${sql.raw(all)}) r
      where r.at between ${within.from ?? new Date(0)} and ${within.until}
        and not exists (select 1 from log_leaves l where l.kind = ${kind} and l.subject = r.id::text)
      order by r.at limit ${within.limit}`.execute(db);
    found.push(...rows.map(({ id, at }) => ({ kind, subject: id, table, at })));
  }
  return found;
}
