import { daysBetween } from './calendar.js';
import { assertAmount } from './fines.js';

/** 0.05 % a day (Luật XLVPHC Điều 78), as a fraction of whole numbers. */
const RATE = { numerator: 5n, denominator: 10_000n };

/**
 * Days that bear interest: from the day after the last day to pay to the day before payment, days off included.
 * Days are YYYY-MM-DD in Vietnam.
 */
export function lateDays(lastDayToPay: string, paidOn: string): number {
  return Math.max(0, daysBetween(lastDayToPay, paidOn) - 1);
}

/**
 * Late interest in whole đồng on an unpaid amount, not compounded. What is left over a đồng is dropped once, at the
 * end, in favour of the one who pays. @throws {LawError} `NOT_AN_AMOUNT`
 */
export function lateInterest(unpaid: number, days: number): number {
  assertAmount(unpaid);
  assertAmount(days);
  return Number((BigInt(unpaid) * BigInt(days) * RATE.numerator) / RATE.denominator);
}
