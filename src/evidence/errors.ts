import { CodedError } from '../core/errors.js';

export type EvidenceErrorCode =
  'LEAF_CONFLICT' | 'SUBJECT_UNKNOWN' | 'SUBJECT_NOT_READY' | 'NOT_IN_LOG' | 'SIZE_OUT_OF_RANGE';

export class EvidenceError extends CodedError<EvidenceErrorCode> {}
