import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../core/config.js';
import type { Log } from '../core/log.js';
import { migrate } from './database.js';
import { startEmbeddedPostgres, type EmbeddedServer } from './embedded-postgres.js';
import { redisOnPath, startRedis } from './embedded-redis.js';
import type { QueueChoice } from './queues.js';

/** What `run.json` in the data folder tells other commands of a running house. */
export interface RunningHouse {
  readonly pid: number;
  readonly databaseUrl: string;
  readonly queue: QueueChoice;
}

export interface Servers {
  readonly databaseUrl: string;
  readonly queue: QueueChoice;
  readonly postgres: EmbeddedServer | undefined;
  readonly redis: EmbeddedServer | undefined;
  stop(): Promise<void>;
}

/** Starts what the environment does not name, and brings the schema up to date. @throws {StorageError} */
export async function startServers(config: Config, log: Log): Promise<Servers> {
  await mkdir(config.dataDir, { recursive: true });
  const postgres =
    config.databaseUrl === undefined ? await startEmbeddedPostgres(join(config.dataDir, 'postgres'), log) : undefined;
  const databaseUrl = config.databaseUrl ?? postgres!.url;
  let redis: EmbeddedServer | undefined;
  try {
    await migrate(databaseUrl, log);
    const program = config.redisUrl === undefined ? await redisOnPath() : undefined;
    redis = program === undefined ? undefined : await startRedis(program, join(config.dataDir, 'redis'));
    const queue = chooseQueue(config.redisUrl, program, redis?.url, databaseUrl);
    log.info({ queue: queue.kind }, `queue: ${queue.why}`);
    return { databaseUrl, queue, postgres, redis, stop: () => stopAll(redis, postgres) };
  } catch (error) {
    await stopAll(redis, postgres);
    throw error;
  }
}

function chooseQueue(given: string | undefined, program: string | undefined, own: string | undefined, database: string): QueueChoice {
  if (given !== undefined) return { kind: 'redis', url: given, why: 'Redis of REDIS_URL' };
  if (own !== undefined) {
    return { kind: 'redis', url: own, why: `own Redis from ${program} (append-only file, every write synced, noeviction)` };
  }
  return { kind: 'postgres', url: database, why: "BullMQ's Postgres backend, as there is no REDIS_URL and no redis-server on PATH" };
}

async function stopAll(...servers: readonly (EmbeddedServer | undefined)[]): Promise<void> {
  for (const server of servers) await server?.stop();
}
