import type { CaseErrorCode } from '../../cases/errors.js';
import { PenaltyError, type PenaltyErrorCode } from '../../cases/penalty-errors.js';
import type { CodedError } from '../../core/errors.js';
import type { EvidenceErrorCode } from '../../evidence/errors.js';

const statuses: Readonly<Partial<Record<CaseErrorCode | EvidenceErrorCode, number>>> = {
  CASE_NOT_FOUND: 404,
  ILLEGAL_TRANSITION: 409,
  STALE_VERSION: 409,
  NOT_ALLOWED: 403,
  HELD: 409,
  SITE_VERSION_WITHDRAWN: 409,
  PLATE_UNREADABLE: 409,
  LIMITATION_EXPIRED: 409,
  CERTIFICATE_MISSING: 409,
  PLATE_COLOUR_DIFFERS: 409,
  HOLD_NOT_CLEARABLE: 409,
  REASON_REQUIRED: 400,
  ALREADY_REVIEWED: 409,
  UNDO_TOO_LATE: 409,
  NO_OPEN_RESPONSE: 409,
  OWNER_UNKNOWN: 404,
  FILE_NOT_FOUND: 404,
  FRAME_LET_GO: 410,
};

/** Of a penalty decision: these say that the case has moved on, all others that a field is wrong. */
const moved: readonly PenaltyErrorCode[] = [
  'CASE_NOT_NOTIFIED',
  'ANOTHER_DECISION',
  'NUMBER_TAKEN',
  'NO_DECISION',
  'RECEIPT_NOT_NOW',
  'ANOTHER_RECEIPT',
  'CORRECTION_AFTER_RECEIPT',
];

/** What an officer's call is answered when a room says no. */
export function statusOf(error: CodedError<string>): number | undefined {
  if (error instanceof PenaltyError) return moved.includes(error.code) ? 409 : 400;
  return statuses[error.code as keyof typeof statuses];
}
