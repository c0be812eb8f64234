import { CodedError } from '../core/errors.js';

/**
 * `NOT_FOUND` no such plate at the instant · `AMBIGUOUS` several vehicles carry the text in different colours ·
 * `UNAVAILABLE` no answer, try again · `BAD_ANSWER` an answer about something else or out of shape ·
 * `REFUSED` the register does not let us ask.
 */
export type RegistryErrorCode =
  'NOT_FOUND' | 'AMBIGUOUS' | 'UNAVAILABLE' | 'BAD_ANSWER' | 'REFUSED' | 'PLATE_NOT_ASKABLE';

export class RegistryError extends CodedError<RegistryErrorCode> {}
