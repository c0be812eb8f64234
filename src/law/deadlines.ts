import { DateTime } from 'luxon';
import { addDays, addWorkingDays, dayOf, endOfDay, workingDayFrom } from './calendar.js';
import { termTable, type Term, type TermName } from './tables.js';

export function termOf(name: TermName): Term {
  return termTable.terms.find((term) => term.name === name)!;
}

/** The last day of a term that starts at an instant. Months and years end on the same day number, or the month's last. */
function lastDay(term: Term, from: string): string {
  if (term.unit === 'working-day') return addWorkingDays(from, term.count);
  const end =
    term.unit === 'day'
      ? addDays(from, term.count)
      : DateTime.fromISO(from, { zone: 'utc' })
          .plus({ [`${term.unit}s`]: term.count })
          .toISODate()!;
  return term.binds === 'owner' ? workingDayFrom(end) : end;
}

/**
 * When a statutory term ends: the last millisecond, in UTC, of its last day in Vietnam.
 * @throws {LawError} `CALENDAR_MISSING` where working days are needed and the year's holidays are not known.
 */
export function deadline(name: TermName, from: Date): Date {
  return endOfDay(lastDay(termOf(name), dayOf(from)));
}
