import type { Kysely, Transaction } from 'kysely';
import type { Clock } from '../core/clock.js';
import type { Config } from '../core/config.js';
import type { Log } from '../core/log.js';
import type { BlobStore } from './blobs.js';
import type { Keys } from './keys.js';
import type { Database } from './schema.js';

/** A connection or an open transaction: a function that takes `Db` works in both. */
export type Db = Kysely<Database> | Transaction<Database>;

/** What every room needs of the house. Built once a process by `openHouse`. */
export interface Context {
  readonly config: Config;
  readonly db: Kysely<Database>;
  readonly blobs: BlobStore;
  readonly keys: Keys;
  readonly clock: Clock;
  readonly log: Log;
}
