export { RetentionError, type RetentionErrorCode } from './errors.js';
export { retentionFigures, type RetentionFigures } from './figures.js';
export { holds, layHold, liftHold, type LaidHold, type NewHold } from './holds.js';
export { letGoAll, letGoPortion, type DeletionRecord, type LetGoSum } from './let-go.js';
export { letGoBefore, nothingDue, policyInWords } from './policy.js';
export { removeBytes } from './remove-bytes.js';
export { surveyRetention, type CameraSurvey } from './survey.js';
