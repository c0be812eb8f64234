import { rmSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { loadConfig, type Config } from '../core/config.js';
import { fixedClock } from '../core/clock.js';
import { createLog } from '../core/log.js';
import { folderBlobs } from './blobs.js';
import type { Context } from './context.js';
import { migrate, openDatabase } from './database.js';
import { startEmbeddedPostgres } from './embedded-postgres.js';
import { redisOnPath, startRedis } from './embedded-redis.js';
import { loadKeys } from './keys.js';
import { openQueues, type QueueChoice, type Queues } from './queues.js';

export interface TestHouse extends Context {
  readonly clock: ReturnType<typeof fixedClock>;
  readonly databaseUrl: string;
  readonly folder: string;
  /** The queue on real Redis where there is one, else on Postgres. */
  openQueues(kind?: QueueChoice['kind']): Promise<Queues>;
}

interface Teardown {
  teardown(fn: () => Promise<void>): void;
}

const TEMPLATE = 'house_template';

/**
 * A house for one test: a fresh migrated database on a real Postgres, a folder of its own, a clock that stands at
 * `now` until told. `npm test` starts one Postgres for all files (TEST_POSTGRES_URL); a file run by itself starts its own.
 */
export async function testHouse(
  t: Teardown,
  options: { env?: Record<string, string>; now?: string; config?: Partial<Config> } = {},
): Promise<TestHouse> {
  const folder = await mkdtemp(join(tmpdir(), 'phat-nguoi-test-'));
  const log = createLog('test', process.env.LOG_LEVEL ?? 'silent');
  const server = await sharedServer();
  const databaseUrl = await freshDatabase(server, t);
  const config = {
    ...loadConfig({ DATA_DIR: folder, DATABASE_URL: databaseUrl, UNDO_SECONDS: '0', ...options.env }),
    ...options.config,
  };
  const db = openDatabase(databaseUrl, log, 8);
  t.teardown(async () => {
    await db.destroy();
    await rm(folder, { recursive: true, force: true });
  });
  return {
    config,
    db,
    databaseUrl,
    folder,
    log,
    blobs: folderBlobs(join(folder, 'blobs')),
    keys: await loadKeys(join(folder, 'keys')),
    clock: fixedClock(options.now ?? '2026-11-21T03:00:00Z'),
    async openQueues(kind) {
      const queues = openQueues(await queueFor(kind, databaseUrl, folder, t), log);
      // Teardowns run last in, first out: queues close before their server stops.
      t.teardown(() => queues.close());
      return queues;
    },
  };
}

async function queueFor(
  kind: QueueChoice['kind'] | undefined,
  databaseUrl: string,
  folder: string,
  t: Teardown,
): Promise<QueueChoice> {
  const program = kind === 'postgres' ? undefined : await redisOnPath();
  if (program === undefined) return { kind: 'postgres', url: databaseUrl, why: 'test' };
  const redis = await startRedis(program, join(folder, 'redis'), createLog('test', 'silent'));
  t.teardown(() => redis.stop());
  return { kind: 'redis', url: redis.url, why: 'test' };
}

let own: Promise<string> | undefined;

/** The server of `npm test`, else one for this process that ends with it. */
function sharedServer(): Promise<string> {
  if (process.env.TEST_POSTGRES_URL !== undefined) return Promise.resolve(process.env.TEST_POSTGRES_URL);
  own ??= (async () => {
    const folder = await mkdtemp(join(tmpdir(), 'phat-nguoi-pg-'));
    await chmod(folder, 0o755);
    const server = await startEmbeddedPostgres(join(folder, 'postgres'), createLog('test', 'silent'));
    server.unref();
    process.once('exit', () => {
      process.kill(server.pid, 'SIGQUIT');
      rmSync(folder, { recursive: true, force: true });
    });
    return server.url;
  })();
  return own;
}

/** Copies a migrated template: some ten times quicker than migrating again. */
async function freshDatabase(server: string, t: Teardown): Promise<string> {
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  await withClient(server, async (client) => {
    // One maker at a time, over all test processes.
    await client.query("select pg_advisory_lock(hashtext('phat-nguoi-template'))");
    const known = await client.query('select 1 from pg_database where datname = $1 and not datallowconn', [
      TEMPLATE,
    ]);
    if (known.rowCount === 0) {
      await client.query(`drop database if exists ${TEMPLATE}`);
      await client.query(`create database ${TEMPLATE}`);
      await migrate(urlOf(server, TEMPLATE), createLog('test', 'silent'));
      await client.query(`alter database ${TEMPLATE} allow_connections false`);
    }
    await client.query(`create database ${name} template ${TEMPLATE}`);
  });
  t.teardown(() =>
    withClient(
      server,
      async (client) => void (await client.query(`drop database if exists ${name} with (force)`)),
    ),
  );
  return urlOf(server, name);
}

async function withClient(url: string, use: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  return url.href;
}
