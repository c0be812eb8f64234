import { CodedError } from '../core/errors.js';

export type CaseErrorCode =
  | 'ILLEGAL_TRANSITION'
  | 'CASE_NOT_FOUND'
  | 'STALE_VERSION'
  /** The officer's role, or the actor, may not do this. */
  | 'NOT_ALLOWED'
  /** A blocking hold is open. */
  | 'HELD'
  /** The version of the site was found to be wrong. */
  | 'SITE_VERSION_WITHDRAWN'
  | 'PLATE_UNREADABLE'
  | 'LIMITATION_EXPIRED'
  | 'CERTIFICATE_MISSING'
  /** The vehicle that was matched has a plate of another colour than the officer stated. */
  | 'PLATE_COLOUR_DIFFERS'
  | 'HOLD_NOT_CLEARABLE'
  | 'REASON_REQUIRED'
  | 'ALREADY_REVIEWED'
  | 'UNDO_TOO_LATE'
  | 'NO_OPEN_RESPONSE'
  | 'TOO_MANY_RESPONSES'
  | 'OWNER_UNKNOWN'
  | 'FILE_NOT_FOUND'
  | 'OFFICER_NOT_FOUND'
  | 'USERNAME_TAKEN'
  | 'WEAK_PASSWORD';

export class CaseError extends CodedError<CaseErrorCode> {}

/** Whether the case is still as it was on the screen; whoever saw none, such as a command, acts on what is there. @throws {CaseError} `STALE_VERSION` */
export function assertUnchanged(version: number, seen: number | undefined): void {
  if (seen === undefined || seen === version) return;
  throw new CaseError('STALE_VERSION', 'the case has changed since it was opened', { details: { version } });
}
