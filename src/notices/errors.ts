import { CodedError } from '../core/errors.js';

export type NoticeErrorCode =
  | 'CASE_NOT_FOUND'
  | 'CASE_NOT_CONFIRMED'
  | 'CONFIRMATION_MISSING'
  | 'OWNER_MISSING'
  | 'LAW_MISSING'
  | 'SITE_MISSING'
  /** The version of the site was found to be wrong. */
  | 'SITE_VERSION_WITHDRAWN'
  | 'PICTURE_MISSING'
  | 'NOTICE_NOT_FOUND'
  | 'NO_DIGITAL_ACCOUNT'
  | 'ACCOUNT_UNREACHABLE'
  | 'ACCOUNT_REFUSED'
  | 'ACCOUNT_UNKNOWN'
  | 'PROOF_WRONG';

export class NoticeError extends CodedError<NoticeErrorCode> {}
