import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../core/config.js';
import type { Log } from '../core/log.js';
import { migrate } from './database.js';
import { startEmbeddedPostgres, type EmbeddedServer } from './embedded-postgres.js';
import { redisOnPath, startRedis } from './embedded-redis.js';
import type { QueueChoice } from './queues.js';
import { assertNotRunning, endLeftovers, type RunningHouse } from './running.js';

export interface Servers {
  readonly databaseUrl: string;
  readonly queue: QueueChoice;
  /** Processes of the embedded servers. */
  pids(): readonly number[];
  stop(): Promise<void>;
}

/**
 * Starts what the environment does not name, and brings the schema up to date. An embedded server that dies is started
 * again on its port and its data, so that the other processes find it where it was.
 * @throws {StorageError} `HOUSE_BUSY` if another house runs on the same data folder, …
 */
export async function startServers(config: Config, log: Log): Promise<Servers> {
  await mkdir(config.dataDir, { recursive: true });
  await assertNotRunning(config.dataDir);
  await endLeftovers(config.dataDir, log);
  const folder = (name: string): string => join(config.dataDir, name);
  const postgres =
    config.databaseUrl === undefined
      ? await keepAlive('postgres', log, (port) => startEmbeddedPostgres(folder('postgres'), log, port))
      : undefined;
  let redis: EmbeddedServer | undefined;
  try {
    const databaseUrl = config.databaseUrl ?? postgres!.url;
    await migrate(databaseUrl, log);
    const program = config.redisUrl === undefined ? await redisOnPath() : undefined;
    if (program !== undefined) {
      redis = await keepAlive('redis', log, (port) => startRedis(program, folder('redis'), log, port));
    }
    const queue = chooseQueue(config.redisUrl, program, redis?.url, databaseUrl);
    log.info({ queue: queue.kind }, `queue: ${queue.why}`);
    return {
      databaseUrl,
      queue,
      pids: () => [postgres, redis].flatMap((server) => (server === undefined ? [] : [server.pid])),
      stop: () => stopAll(redis, postgres),
    };
  } catch (error) {
    await stopAll(redis, postgres);
    throw error;
  }
}

/**
 * The servers for a process beside a running house on the same data folder: what the environment names, else the house's.
 * Nothing is started or ended there. Jobs of another database never go to the house's queue.
 * @throws {StorageError} `MIGRATION`
 */
export async function joinServers(config: Config, house: RunningHouse, log: Log): Promise<Servers> {
  const databaseUrl = config.databaseUrl ?? house.databaseUrl;
  const another = databaseUrl !== house.databaseUrl;
  if (another) await migrate(databaseUrl, log);
  const own = another || config.redisUrl !== undefined;
  return {
    databaseUrl,
    queue: own ? chooseQueue(config.redisUrl, undefined, undefined, databaseUrl) : house.queue,
    pids: () => [],
    stop: async () => undefined,
  };
}

async function keepAlive(
  name: string,
  log: Log,
  start: (port?: number) => Promise<EmbeddedServer>,
): Promise<EmbeddedServer> {
  let current = await start();
  const port = Number(new URL(current.url).port);
  let stopping = false;
  const watch = (server: EmbeddedServer): void =>
    void server.ended.then(async () => {
      for (let wait = 100; !stopping; wait = Math.min(wait * 2, 5000)) {
        log.warn({ server: name }, 'an embedded server ended by itself and is started again');
        try {
          current = await start(port);
          return watch(current);
        } catch (error) {
          log.error({ err: error, server: name }, 'it did not start');
          await new Promise((done) => setTimeout(done, wait));
        }
      }
    });
  watch(current);
  return {
    url: current.url,
    ended: new Promise(() => undefined),
    get pid() {
      return current.pid;
    },
    unref: () => current.unref(),
    stop() {
      stopping = true;
      return current.stop();
    },
  };
}

function chooseQueue(
  given: string | undefined,
  program: string | undefined,
  own: string | undefined,
  database: string,
): QueueChoice {
  if (given !== undefined) return { kind: 'redis', url: given, why: 'Redis of REDIS_URL' };
  if (own !== undefined) {
    return {
      kind: 'redis',
      url: own,
      why: `own Redis from ${program} (append-only file, every write synced, noeviction)`,
    };
  }
  return {
    kind: 'postgres',
    url: database,
    why: "BullMQ's Postgres backend, as there is no REDIS_URL and no redis-server on PATH",
  };
}

async function stopAll(...servers: readonly (EmbeddedServer | undefined)[]): Promise<void> {
  for (const server of servers) await server?.stop();
}
