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
  | 'MIGRATION';

export class StorageError extends CodedError<StorageErrorCode> {}
