import { CodedError } from '../core/errors.js';

export type JudgingErrorCode = 'CLIP_INVALID' | 'CASE_NOT_FOUND' | 'PASSAGE_NOT_FOUND';

export class JudgingError extends CodedError<JudgingErrorCode> {}
