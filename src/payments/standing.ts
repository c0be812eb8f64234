import { lateDays, lateInterest } from '../law/index.js';

/** Money that counts towards a fine: whole đồng and the day in Vietnam on which it was paid, YYYY-MM-DD. */
export interface Received {
  readonly amount: number;
  readonly day: string;
}

/** What is still owed on a day, whole đồng. `due` is `principal + interest`; `over` came in and is not owed. */
export interface Standing {
  readonly principal: number;
  readonly interest: number;
  readonly received: number;
  readonly due: number;
  readonly over: number;
}

/**
 * Where a fine stands on a day. Late interest runs on the unpaid principal from the day after `lastDayToPay`
 * (null: no term runs yet); what is paid goes to the principal first, which is best for the one who pays. More than is
 * owed can have come in only where a decision fixed the fine below what had been paid towards the provisional amount.
 */
export function standingOn(
  day: string,
  fine: number,
  lastDayToPay: string | null,
  received: readonly Received[],
): Standing {
  let principal = fine;
  let interest = 0;
  let counted = 0;
  let over = 0;
  const accrueTo = (until: string): void => {
    if (lastDayToPay === null) return;
    const days = lateDays(lastDayToPay, until);
    if (days > counted) {
      interest += lateInterest(principal, days - counted);
      counted = days;
    }
  };
  for (const { amount, day: paidOn } of [...received].sort((a, b) => a.day.localeCompare(b.day))) {
    accrueTo(paidOn);
    const toPrincipal = Math.min(principal, amount);
    const toInterest = Math.min(interest, amount - toPrincipal);
    principal -= toPrincipal;
    interest -= toInterest;
    over += amount - toPrincipal - toInterest;
  }
  accrueTo(day);
  const sum = received.reduce((total, r) => total + r.amount, 0);
  return { principal, interest, received: sum, due: principal + interest, over };
}

/** How much of each sum goes back so that `over` does in all: the last that came first, none more than it was. */
export function partsToGiveBack<Sum extends { readonly amount: number }>(
  oldestFirst: readonly Sum[],
  over: number,
): { readonly sum: Sum; readonly back: number }[] {
  let left = over;
  return [...oldestFirst].reverse().flatMap((sum) => {
    const back = Math.min(left, sum.amount);
    left -= back;
    return back > 0 ? [{ sum, back }] : [];
  });
}
