import { addWorkingDays, dayOf, ZONE } from '../law/index.js';
import { DateTime } from 'luxon';

/** Working days between the issue and the appointment: inside the 20 days after which a no-show is reported (TT73 24.5). */
const WORKING_DAYS = 10;

/**
 * When the owner is asked to come: 08:30 in Vietnam on the tenth working day after the issue.
 * @throws {LawError} `CALENDAR_MISSING`
 */
export function appointmentAfter(issuedAt: Date): Date {
  const day = addWorkingDays(dayOf(issuedAt), WORKING_DAYS);
  return DateTime.fromISO(`${day}T08:30:00`, { zone: ZONE }).toJSDate();
}
