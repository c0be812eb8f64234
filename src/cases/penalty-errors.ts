import { CodedError } from '../core/errors.js';
import { both } from '../core/messages.js';
import { penaltyRefusals } from '../core/messages-penalty.js';

export type PenaltyErrorCode = keyof typeof penaltyRefusals;

/** A decision or receipt that is not recorded: told in both languages, with the field that is wrong. */
export class PenaltyError extends CodedError<PenaltyErrorCode> {
  constructor(code: PenaltyErrorCode) {
    const { field, ...message } = penaltyRefusals[code];
    super(code, both(message), { details: { field } });
  }
}
