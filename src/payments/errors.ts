import { CodedError } from '../core/errors.js';

export type PaymentErrorCode =
  | 'NOTICE_NOT_FOUND'
  | 'PAYMENT_NOT_FOUND'
  | 'NOT_PAYABLE'
  | 'ALREADY_PAID'
  | 'GATEWAY_UNREACHABLE'
  | 'GATEWAY_REFUSED'
  | 'GATEWAY_WRONG'
  | 'EVENT_CHANGED'
  /** It counts towards the fine after all. */
  | 'REFUND_COUNTED';

export class PaymentError extends CodedError<PaymentErrorCode> {}
