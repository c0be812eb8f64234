import { CodedError } from '../core/errors.js';

export type StorageErrorCode =
  | 'BLOB_MISSING'
  | 'BLOB_CORRUPT'
  | 'BLOB_UNAVAILABLE'
  | 'KEYS_UNREADABLE'
  | 'KEYS_DIFFER'
  | 'SEAL_BROKEN'
  | 'POSTGRES_START'
  | 'REDIS_START'
  | 'HOUSE_BUSY'
  /** What was asked is only done to a database of the house's own. */
  | 'NOT_OWN_DATABASE'
  | 'MIGRATION';

export class StorageError extends CodedError<StorageErrorCode> {}
