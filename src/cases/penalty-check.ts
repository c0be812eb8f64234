import {
  bounds,
  dayOf,
  deadline,
  endOfDay,
  fineRange,
  LawError,
  signersFor,
  type LawRow,
  type OwnerKind,
  type Signer,
} from '../law/index.js';
import { PenaltyError, type PenaltyErrorCode } from './penalty-errors.js';
import type { CaseState } from './states.js';

/** A penalty decision as it reads in the agency's own system. Days are YYYY-MM-DD in Vietnam. */
export interface PenaltyDecision {
  readonly number: string;
  /** Whole đồng. */
  readonly amount: number;
  readonly signerName: string;
  /** Of the law's table of signers. */
  readonly signerRank: string;
  /** What the decision says moved the amount off the middle of the range; null where nothing did. */
  readonly mitigating: string | null;
  readonly aggravating: string | null;
  readonly issuedOn: string;
  /** When the owner received it; null while that is not known. */
  readonly receivedOn: string | null;
}

/** What the law asks about the act that is punished. */
export interface PunishedAct {
  readonly state: CaseState;
  readonly law: LawRow;
  readonly owner: OwnerKind;
  readonly occurredAt: Date;
}

/** Whether a decision may stand: element by element, as the law names them. @throws {PenaltyError} for the first that fails */
export function checkDecision(act: PunishedAct, decision: PenaltyDecision, today: string): void {
  checkState(act.state);
  refuseIf(decision.number === '', 'NUMBER_REQUIRED');
  checkAmount(act, decision);
  checkSigner(act, decision);
  checkIssue(act, decision.issuedOn, today);
  if (decision.receivedOn !== null) checkReceipt(decision.issuedOn, decision.receivedOn, today);
}

/** When the owner received it. @throws {PenaltyError} */
export function checkReceipt(issuedOn: string, receivedOn: string, today: string): void {
  refuseIf(receivedOn < issuedOn, 'RECEIVED_BEFORE_ISSUE');
  refuseIf(receivedOn > today, 'RECEIVED_IN_FUTURE');
}

/**
 * `notified`, or paid off already: who paid the provisional amount did so before the decision that the law asks for. Earlier,
 * the owner has not been told; `disputed`, what the owner said is answered first, and a case that is upheld is `notified`
 * (or paid) again; rejected or void, there is nothing to decide.
 */
const DECIDABLE: readonly CaseState[] = ['notified', 'paid', 'closed'];

function checkState(state: CaseState): void {
  refuseIf(!DECIDABLE.includes(state), 'CASE_NOT_NOTIFIED');
}

/** Within the range of the owner's kind, and off its middle only for a circumstance (Luật XLVPHC Điều 23.4). */
function checkAmount(
  { law, owner }: PunishedAct,
  { amount, mitigating, aggravating }: PenaltyDecision,
): void {
  const range = fineRange(law, owner);
  const { from, to } = bounds(range, {
    mitigating: mitigating === null ? [] : [mitigating],
    aggravating: aggravating === null ? [] : [aggravating],
  });
  refuseIf(!Number.isSafeInteger(amount) || amount <= 0, 'AMOUNT_NOT_WHOLE');
  refuseIf(amount < range.min || amount > range.max, 'AMOUNT_OUT_OF_RANGE');
  refuseIf(amount < from, 'MITIGATION_REQUIRED');
  refuseIf(amount > to, 'AGGRAVATION_REQUIRED');
}

/** Competence is measured by the maximum of the range on the day of signing, not by the amount. */
function checkSigner({ law }: PunishedAct, { signerName, signerRank, issuedOn }: PenaltyDecision): void {
  refuseIf(signerName === '', 'SIGNER_NAME_REQUIRED');
  const able = competentSigners(law, issuedOn);
  if (able === null) throw new PenaltyError('SIGNER_POWERS_UNKNOWN');
  refuseIf(!able.some(({ id }) => id === signerRank), 'SIGNER_NOT_COMPETENT');
}

/** Who may sign on a day, lowest first; null where the powers of that day are not known. */
export function competentSigners(law: LawRow, day: string): readonly Signer[] | null {
  try {
    return signersFor(law, endOfDay(day));
  } catch (error) {
    if (!(error instanceof LawError)) throw error;
    return error.code === 'NO_LAW_IN_FORCE' ? null : [];
  }
}

/** Not before the act, not after today, and within the limitation. */
function checkIssue({ occurredAt }: PunishedAct, issuedOn: string, today: string): void {
  refuseIf(issuedOn < dayOf(occurredAt), 'ISSUED_BEFORE_ACT');
  refuseIf(issuedOn > today, 'ISSUED_IN_FUTURE');
  refuseIf(issuedOn > dayOf(deadline('limitation', occurredAt)), 'ISSUED_AFTER_LIMITATION');
}

function refuseIf(fails: boolean, code: PenaltyErrorCode): void {
  if (fails) throw new PenaltyError(code);
}
