import { addDays, dayOf } from '../law/index.js';
import { standingAt, type FineAccount } from './account.js';
import { standingOn } from './standing.js';

/** The next day on which more is owed than at `at`, and how much. Null when nothing is owed or no term runs yet. */
export function nextChange(account: FineAccount, at: Date): { day: string; due: number } | null {
  const { lastDayToPay, fine, received } = account;
  const now = standingAt(account, at);
  if (now.principal === 0 || lastDayToPay === null) return null;
  // The first day that bears interest is the day after the last day to pay; it counts once it has passed.
  const first = addDays(lastDayToPay, 2);
  const tomorrow = addDays(dayOf(at), 1);
  const day = first > tomorrow ? first : tomorrow;
  return { day, due: standingOn(day, fine, lastDayToPay, received).due };
}
