import { join } from 'node:path';
import { loadConfig } from '../core/config.js';
import { systemClock } from '../core/clock.js';
import { createLog } from '../core/log.js';
import { folderBlobs } from './blobs.js';
import { s3Blobs } from './blobs-s3.js';
import type { Context } from './context.js';
import { openDatabase } from './database.js';
import { houseKeys } from './house-keys.js';
import { openQueues, type QueueChoice, type Queues } from './queues.js';
import { runningHouse } from './running.js';
import { joinServers, startServers } from './servers.js';

export interface House extends Context {
  readonly databaseUrl: string;
  readonly queueChoice: QueueChoice;
  openQueues(): Queues;
  close(): Promise<void>;
}

/**
 * Opens the house for one process: settings, keys, blobs, database. The servers are those of the environment, else those
 * of a running `up` on the same data folder, else embedded ones that live as long as this process.
 * @throws {ConfigError | StorageError} `KEYS_DIFFER` on a box whose keys are not those of the database, …
 */
export async function openHouse(name: string, env: NodeJS.ProcessEnv = process.env): Promise<House> {
  const config = loadConfig(env);
  const log = createLog(name, config.logLevel);
  const running = await runningHouse(config.dataDir);
  const servers =
    running === undefined ? await startServers(config, log) : await joinServers(config, running, log);
  const db = openDatabase(servers.databaseUrl, log);
  const keys = await houseKeys(db, config.keysDir).catch(async (error: unknown) => {
    await db.destroy();
    await servers.stop();
    throw error;
  });
  const blobs = config.s3 === undefined ? folderBlobs(join(config.dataDir, 'blobs')) : s3Blobs(config.s3);
  const queues: Queues[] = [];
  return {
    config,
    db,
    keys,
    blobs,
    clock: systemClock,
    log,
    databaseUrl: servers.databaseUrl,
    queueChoice: servers.queue,
    openQueues() {
      const opened = openQueues(servers.queue, log);
      queues.push(opened);
      return opened;
    },
    async close() {
      await Promise.allSettled(queues.map((q) => q.close()));
      await db.destroy();
      await servers.stop();
    },
  };
}
