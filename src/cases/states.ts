/** The life of a case. What is not in the table cannot happen. */
export const CASE_STATES = [
  'candidate',
  'confirmed',
  'rejected',
  'notified',
  'disputed',
  'paid',
  'closed',
  'void',
] as const;
export type CaseState = (typeof CASE_STATES)[number];

export const CASE_EVENTS = [
  'confirm',
  'reject',
  'undo',
  'notify',
  'dispute',
  'uphold',
  'void',
  'pay',
  'refund',
  'close',
  'reopen',
] as const;
export type CaseEvent = (typeof CASE_EVENTS)[number];

const table: Readonly<Record<CaseState, Partial<Record<CaseEvent, CaseState>>>> = {
  candidate: { confirm: 'confirmed', reject: 'rejected' },
  confirmed: { notify: 'notified', undo: 'candidate', void: 'void' },
  rejected: { undo: 'candidate' },
  notified: { dispute: 'disputed', pay: 'paid', void: 'void' },
  // Money that comes in while a dispute is open is taken, and the dispute stays open.
  disputed: { uphold: 'notified', void: 'void', pay: 'disputed' },
  // Paid off provisionally, and then a decision fixed more: the rest is owed, on the same notice.
  paid: { close: 'closed', dispute: 'disputed', void: 'void', reopen: 'notified' },
  closed: { dispute: 'disputed', void: 'void', reopen: 'notified' },
  // Money that crosses a voiding on its way is taken and refunded; a delivery that crosses it is kept on record.
  void: { pay: 'void', refund: 'void', notify: 'void' },
};

/** Events that only an officer may cause. */
export const OFFICER_EVENTS: readonly CaseEvent[] = ['confirm', 'reject', 'undo', 'uphold', 'void'];

/** The state after an event, or null where it cannot happen. Upholding a fine that is paid leads back to `paid`. */
export function nextState(state: CaseState, event: CaseEvent, paid = false): CaseState | null {
  if (state === 'disputed' && event === 'uphold' && paid) return 'paid';
  return table[state][event] ?? null;
}
