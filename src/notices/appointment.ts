import { DateTime } from 'luxon';
import { addDays, addWorkingDays, dayOf, termOf, workingDayUpTo, ZONE } from '../law/index.js';

/** Working days between the issue and the appointment, where the term below leaves them. */
const WORKING_DAYS = 10;

/**
 * When the owner is asked to come: 08:30 in Vietnam on the tenth working day after the issue, or on the last working day
 * within the 20 days after which a no-show is reported (TT73 24.5) if that is earlier: around Tết it is.
 * @throws {LawError} `CALENDAR_MISSING`
 */
export function appointmentAfter(issuedAt: Date): Date {
  const issued = dayOf(issuedAt);
  const last = workingDayUpTo(addDays(issued, termOf('no-show').count));
  const tenth = addWorkingDays(issued, WORKING_DAYS);
  // Days as YYYY-MM-DD sort as they follow each other.
  const day = tenth < last ? tenth : last;
  return DateTime.fromISO(`${day}T08:30:00`, { zone: ZONE }).toJSDate();
}
