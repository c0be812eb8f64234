import { DateTime } from 'luxon';
import { LawError } from './errors.js';
import { holidayTable } from './tables.js';

export const ZONE = 'Asia/Ho_Chi_Minh';

/** The day in Vietnam on which an instant falls, YYYY-MM-DD. */
export function dayOf(instant: Date): string {
  return DateTime.fromJSDate(instant, { zone: ZONE }).toISODate()!;
}

/** The last millisecond of a day in Vietnam. */
export function endOfDay(day: string): Date {
  return DateTime.fromISO(day, { zone: ZONE }).endOf('day').toJSDate();
}

export function addDays(day: string, count: number): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: count }).toISODate()!;
}

/** Whole days from one day to another; negative if `to` is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/**
 * Whether offices work on a day. @throws {LawError} `CALENDAR_MISSING` for a year without a table: a guess would move
 * a statutory deadline.
 */
export function isWorkingDay(day: string): boolean {
  const year = holidayTable.years[day.slice(0, 4)];
  if (!year)
    throw new LawError('CALENDAR_MISSING', `no holidays known for ${day.slice(0, 4)}`, { details: { day } });
  if (year.madeUp.includes(day)) return true;
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !year.daysOff.includes(day);
}

/** The day itself if offices work, else the next that they do. */
export function workingDayFrom(day: string): string {
  return isWorkingDay(day) ? day : workingDayFrom(addDays(day, 1));
}

/** The day itself if offices work, else the last before it that they did. */
export function workingDayUpTo(day: string): string {
  return isWorkingDay(day) ? day : workingDayUpTo(addDays(day, -1));
}

/** The `count`-th working day after `day`, which is not counted itself. */
export function addWorkingDays(day: string, count: number): string {
  let at = day;
  for (let left = count; left > 0; left -= 1) at = workingDayFrom(addDays(at, 1));
  return at;
}

/** The last day whose holidays are known. No term that reaches beyond it can be counted. */
export function calendarEnd(): string {
  return `${Object.keys(holidayTable.years).sort().at(-1)!}-12-31`;
}
