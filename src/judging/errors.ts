import { CodedError } from '../core/errors.js';

export type JudgingErrorCode = 'CASE_NOT_FOUND';

export class JudgingError extends CodedError<JudgingErrorCode> {}
