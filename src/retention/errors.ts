import { CodedError } from '../core/errors.js';

export type RetentionErrorCode =
  | 'CAMERA_UNKNOWN'
  | 'REASON_REQUIRED'
  /** The end is not after the beginning. */
  | 'TIME_EMPTY'
  | 'HOLD_NOT_FOUND'
  | 'HOLD_LIFTED'
  /** The policy of this house lets nothing go. */
  | 'POLICY_KEEPS_ALL';

export class RetentionError extends CodedError<RetentionErrorCode> {}
