import { lateDays, lateInterest } from '../law/index.js';

/** Money that counts towards a fine: whole đồng and the day in Vietnam on which it was paid, YYYY-MM-DD. */
export interface Received {
  readonly amount: number;
  readonly day: string;
}

/** What is still owed on a day, whole đồng. `due` is `principal + interest`. */
export interface Standing {
  readonly principal: number;
  readonly interest: number;
  readonly received: number;
  readonly due: number;
}

/**
 * Where a fine stands on a day. Late interest runs on the unpaid principal from the day after `lastDayToPay`
 * (null: no term runs yet); what is paid goes to the principal first, which is best for the one who pays.
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
    principal -= toPrincipal;
    interest -= Math.min(interest, amount - toPrincipal);
  }
  accrueTo(day);
  const sum = received.reduce((total, r) => total + r.amount, 0);
  return { principal, interest, received: sum, due: principal + interest };
}
