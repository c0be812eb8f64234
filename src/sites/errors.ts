import { CodedError } from '../core/errors.js';

export type SiteErrorCode =
  | 'SITE_INVALID'
  | 'SITE_NOT_FOUND'
  | 'VERSION_TAKEN'
  | 'NOT_SIGNED_OFF'
  | 'CERTIFICATE_MISSING'
  | 'VERSION_WITHDRAWN'
  | 'CALIBRATION_DEGENERATE';

export class SiteError extends CodedError<SiteErrorCode> {}
