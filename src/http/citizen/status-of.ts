import type { CaseErrorCode } from '../../cases/errors.js';
import type { CodedError } from '../../core/errors.js';
import type { EvidenceErrorCode } from '../../evidence/errors.js';
import type { NoticeErrorCode } from '../../notices/errors.js';
import type { PaymentErrorCode } from '../../payments/errors.js';

const statuses: Readonly<
  Partial<Record<CaseErrorCode | EvidenceErrorCode | NoticeErrorCode | PaymentErrorCode, number>>
> = {
  CASE_NOT_FOUND: 404,
  NOTICE_NOT_FOUND: 404,
  PAYMENT_NOT_FOUND: 404,
  NOT_IN_LOG: 404,
  PICTURE_MISSING: 404,
  FRAME_LET_GO: 410,
  REASON_REQUIRED: 400,
  SIZE_OUT_OF_RANGE: 400,
  ILLEGAL_TRANSITION: 409,
  TOO_MANY_RESPONSES: 429,
  NOT_PAYABLE: 409,
  ALREADY_PAID: 409,
  EVENT_CHANGED: 409,
  GATEWAY_UNREACHABLE: 503,
  GATEWAY_REFUSED: 503,
  GATEWAY_WRONG: 503,
};

/** What a citizen's call is answered when a room says no. */
export function statusOf(error: CodedError<string>): number | undefined {
  return statuses[error.code as keyof typeof statuses];
}
