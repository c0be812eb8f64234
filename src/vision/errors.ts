import { CodedError } from '../core/errors.js';

/** What can go wrong between a picture's bytes and its reading. The first group is the picture's fault, the last the process's. */
export type VisionErrorCode =
  | 'EMPTY_IMAGE'
  | 'NOT_AN_IMAGE'
  | 'TRUNCATED_IMAGE'
  | 'DAMAGED_IMAGE'
  | 'IMAGE_TOO_LARGE'
  | 'MANIFEST_UNREADABLE'
  | 'MANIFEST_INVALID'
  | 'MODEL_MISSING'
  | 'MODEL_HASH_MISMATCH'
  | 'MODEL_UNUSABLE'
  | 'VISION_TIMEOUT'
  | 'VISION_CRASHED'
  | 'VISION_FAILED'
  | 'VISION_CLOSED';

export class VisionError extends CodedError<VisionErrorCode> {}

/** What is wrong with the picture itself, whoever reads it. */
export const PICTURE_FAULTS: readonly VisionErrorCode[] = [
  'EMPTY_IMAGE',
  'NOT_AN_IMAGE',
  'TRUNCATED_IMAGE',
  'DAMAGED_IMAGE',
  'IMAGE_TOO_LARGE',
];

/** True when the same bytes will fail again, so that a retry is pointless. */
export function isPictureFault(error: unknown): boolean {
  return error instanceof VisionError && PICTURE_FAULTS.includes(error.code);
}
