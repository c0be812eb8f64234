import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../core/config.js';
import type { Log } from '../core/log.js';
import { farFolder } from './embedded-folder.js';
import { StorageError } from './errors.js';
import { assertNotRunning, endLeftovers } from './running.js';

/**
 * Deletes a house of this machine whole: its folder, and its database where that lies elsewhere. Keys and database go
 * together or not at all: what was sealed with a key that is gone can never be opened.
 * @throws {StorageError} `HOUSE_BUSY` if it runs, `NOT_OWN_DATABASE` if its database is a server of your own
 */
export async function beginAnew(config: Pick<Config, 'dataDir' | 'databaseUrl'>, log: Log): Promise<void> {
  if (config.databaseUrl !== undefined) {
    throw new StorageError(
      'NOT_OWN_DATABASE',
      '--fresh không xóa cơ sở dữ liệu của DATABASE_URL / --fresh does not delete the database of DATABASE_URL',
    );
  }
  await assertNotRunning(config.dataDir);
  await endLeftovers(config.dataDir, log);
  await rm(farFolder(join(config.dataDir, 'postgres')), { recursive: true, force: true });
  await rm(config.dataDir, { recursive: true, force: true });
}
