/** What became of money that arrived. */
export const OUTCOMES = [
  'paid',
  'over',
  'partial',
  'duplicate',
  'void',
  'wrong-currency',
  'unknown-reference',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface Verdict {
  readonly outcome: Outcome;
  /** Đồng that count towards the fine. */
  readonly applied: number;
  /** Đồng to give back. */
  readonly refund: number;
  /** The fine is paid in full by this. */
  readonly settles: boolean;
}

/**
 * What to do with `amount` đồng for a case in this state that still owes `due`. Every đồng either counts or goes back:
 * `applied + refund === amount`, and `applied` never exceeds `due`. Money in another currency is for the operator to sort out.
 */
export function judgeMoney(caseState: string, due: number, amount: number, currency: string): Verdict {
  if (currency !== 'VND') return { outcome: 'wrong-currency', applied: 0, refund: 0, settles: false };
  if (caseState === 'void') return { outcome: 'void', applied: 0, refund: amount, settles: false };
  if (due === 0) return { outcome: 'duplicate', applied: 0, refund: amount, settles: false };
  const applied = Math.min(due, amount);
  const refund = amount - applied;
  if (amount < due) return { outcome: 'partial', applied, refund: 0, settles: false };
  return { outcome: refund > 0 ? 'over' : 'paid', applied, refund, settles: true };
}
