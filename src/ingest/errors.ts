import { CodedError } from '../core/errors.js';

/** Everything for which a push is turned away. The codes are part of the camera API and never change their meaning. */
export const INGEST_CODES = [
  'CAMERA_MISSING',
  'CAMERA_UNKNOWN',
  'CAMERA_SUSPENDED',
  'TIMESTAMP_INVALID',
  'CLOCK_SKEW',
  'SIGNATURE_MISSING',
  'SIGNATURE_WRONG',
  'REPLAYED',
  'HEADER_REPEATED',
  'METADATA_INVALID',
  'CONTENT_TYPE',
  'BODY_HASH_MISSING',
  'BODY_ALTERED',
  'BODY_EMPTY',
  'BODY_CUT',
  'BODY_TIMEOUT',
  'TOO_LARGE',
  'MULTIPART_BROKEN',
  'NOT_JPEG',
  'JPEG_TRUNCATED',
  'FRAME_CONFLICT',
  'FRAME_UNKNOWN',
  'ADDRESS_UNKNOWN',
  'BACKLOG_FULL',
  'TOO_BUSY',
  'STORAGE_DOWN',
  'REQUEST_BROKEN',
] as const;
export type IngestCode = (typeof INGEST_CODES)[number];

export class IngestError extends CodedError<IngestCode> {
  /** Header or metadata field at fault, if one is. */
  readonly field: string | undefined;

  constructor(
    code: IngestCode,
    message: string,
    options: { field?: string; cause?: unknown; details?: Record<string, unknown> } = {},
  ) {
    super(code, message, options);
    this.field = options.field;
  }
}

export class CameraError extends CodedError<'CAMERA_EXISTS' | 'CAMERA_NOT_FOUND' | 'CAMERA_ID_INVALID'> {}
