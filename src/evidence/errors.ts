import { CodedError } from '../core/errors.js';

export type EvidenceErrorCode =
  | 'SUBJECT_UNKNOWN'
  | 'NOT_IN_LOG'
  | 'SIZE_OUT_OF_RANGE'
  | 'HEAD_NOT_SIGNED'
  | 'LOG_REWRITTEN'
  /** The picture is gone by the policy, on record. */
  | 'FRAME_LET_GO';

export class EvidenceError extends CodedError<EvidenceErrorCode> {}
