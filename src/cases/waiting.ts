import { sql } from 'kysely';
import { termOf, ZONE } from '../law/index.js';
import { HOLD_CODES, HOLDS } from '../registry/index.js';
import type { Db } from '../storage/context.js';

const BLOCKING = HOLD_CODES.filter((code) => HOLDS[code].blocking);

/** Days in which a dispute is taken up, counted from its first open response to the end of the day in Vietnam. */
const ANSWER_DAYS = termOf('complaint-accept').count;

/**
 * Every case that waits for an officer, with what it waits as (`ready`, `held`, `disputed`) and the statutory deadline of
 * that. Cases that `officerId` has confirmed as the first of two wait for somebody else.
 */
export function waiting(db: Db, officerId: string | undefined) {
  const blocked = sql<boolean>`exists (
    select 1 from jsonb_array_elements(c.holds) h
    where h ->> 'code' = any(${BLOCKING}::text[]) and h -> 'cleared' is null)`;
  const answerDue = sql<Date>`(
    select (date_trunc('day', min(r.at) at time zone ${sql.lit(ZONE)}) + make_interval(days => ${ANSWER_DAYS + 1})) at time zone ${sql.lit(ZONE)}
           - interval '1 millisecond'
    from responses r where r.case_id = c.id and r.answered_at is null)`;
  const cases = db
    .selectFrom('cases as c')
    .where('c.state', 'in', ['candidate', 'disputed'])
    .$if(officerId !== undefined, (query) =>
      query.where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('reviews as r')
              .select('r.id')
              .whereRef('r.case_id', '=', 'c.id')
              .where('r.officer_id', '=', officerId!)
              .where('r.undone_at', 'is', null)
              .where('c.state', '=', 'candidate'),
          ),
        ),
      ),
    )
    .select([
      'c.id', 'c.violation_id', 'c.version', 'c.state', 'c.plate_text', 'c.plate_colour', 'c.law_code', 'c.occurred_at', 'c.expires_at',
      'c.holds',
      sql<'ready' | 'held' | 'disputed'>`case when c.state = 'disputed' then 'disputed' when ${blocked} then 'held' else 'ready' end`.as('waits'),
      sql<Date>`case when c.state = 'disputed' then coalesce(${answerDue}, c.updated_at) else c.notice_due_at end`.as('due_at'),
    ]); // prettier-ignore
  return db.selectFrom(cases.as('w'));
}
