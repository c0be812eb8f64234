import { CodedError } from '../core/errors.js';

export type LawErrorCode =
  | 'NO_LAW_IN_FORCE'
  | 'UNKNOWN_CODE'
  | 'AMOUNT_OUT_OF_BOUNDS'
  | 'NOT_AN_AMOUNT'
  | 'CALENDAR_MISSING'
  | 'NOBODY_MAY_SIGN';

export class LawError extends CodedError<LawErrorCode> {}
