import { spawn } from 'node:child_process';
import { access, constants, mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import getPort from 'get-port';
import { Redis } from 'ioredis';
import type { EmbeddedServer } from './embedded-postgres.js';
import { StorageError } from './errors.js';

/** The path of `redis-server`, or undefined if there is none on PATH. */
export async function redisOnPath(path: string = process.env.PATH ?? ''): Promise<string | undefined> {
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const program = join(folder, 'redis-server');
    if (
      await access(program, constants.X_OK).then(
        () => true,
        () => false,
      )
    )
      return program;
  }
  return undefined;
}

/**
 * A Redis of our own on a free loopback port: every write fsynced, nothing evicted.
 * @throws {StorageError} `REDIS_START`
 */
export async function startRedis(
  program: string,
  folder: string,
  wantedPort?: number,
): Promise<EmbeddedServer> {
  await mkdir(folder, { recursive: true });
  const port = wantedPort ?? (await getPort({ host: '127.0.0.1' }));
  const child = spawn(
    program,
    [
      '--port',
      String(port),
      '--bind',
      '127.0.0.1',
      '--dir',
      folder,
      '--appendonly',
      'yes',
      '--appendfsync',
      'always',
      '--maxmemory-policy',
      'noeviction',
      '--save',
      '',
      '--daemonize',
      'no',
      '--logfile',
      join(folder, 'redis.log'),
    ],
    // Of their own process group: a Ctrl-C is for the supervisor, which stops them in order.
    { stdio: 'ignore', detached: true },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const failed = new Promise<never>((_, fail) => child.once('error', fail));
  const url = `redis://127.0.0.1:${port}`;
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  let tooLate: NodeJS.Timeout | undefined;
  try {
    // A refused connection is tried again; LOADING answers an error until the file is read.
    const ready = (async () => {
      for (;;) {
        if ((await client.ping().catch(() => '')) === 'PONG') return;
        await new Promise((done) => setTimeout(done, 30));
      }
    })();
    const early = ended.then(() => Promise.reject(new Error('redis-server ended at start, see redis.log')));
    const late = new Promise<never>((_, no) => {
      tooLate = setTimeout(() => no(new Error('no answer')), 30_000);
    });
    await Promise.race([ready, failed, early, late]);
  } catch (cause) {
    child.kill('SIGKILL');
    throw new StorageError('REDIS_START', `redis-server in ${folder} did not start`, { cause });
  } finally {
    clearTimeout(tooLate);
    client.disconnect();
  }
  return {
    url,
    ended,
    pid: child.pid!,
    unref: () => child.unref(),
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill('SIGTERM');
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
}
