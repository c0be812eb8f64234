import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, chmod, constants, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import getPort from 'get-port';
import { Redis } from 'ioredis';
import type { Log } from '../core/log.js';
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
 * A Redis of our own on a free loopback port (or `port`), behind a password: every write fsynced, nothing evicted. What it
 * cannot read of its own file is put aside, and the queue begins empty: it is built anew from the rows.
 * @throws {StorageError} `REDIS_START`
 */
export async function startRedis(
  program: string,
  folder: string,
  log: Log,
  port?: number,
): Promise<EmbeddedServer> {
  try {
    return await launch(program, folder, port);
  } catch (error) {
    if (!(await cannotReadItself(folder))) throw error;
    log.error(
      { folder },
      'the file of the queue cannot be read: it is put aside, and the queue begins empty',
    );
    await Promise.all(FILES.map((name) => putAside(join(folder, name))));
    return launch(program, folder, port);
  }
}

/** What Redis 7, and before it Redis 6, keeps its jobs in. */
const FILES = ['appendonlydir', 'appendonly.aof'];

async function putAside(path: string): Promise<void> {
  await rm(`${path}.unreadable`, { recursive: true, force: true });
  await rename(path, `${path}.unreadable`).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** A power cut can leave rubbish in the middle of the file, at which Redis ends for ever. A full disk is another matter. */
async function cannotReadItself(folder: string): Promise<boolean> {
  const log = await readFile(join(folder, 'redis.log'), 'utf8').catch(() => '');
  const last = log.split('\n').slice(-8).join('\n');
  return (
    /# .*(append only file|AOF|RDB)/i.test(last) &&
    !/No space left|Permission denied|Input\/output/i.test(last)
  );
}

/** Whoever may log in to this machine could else read the jobs, and run programs in a server that may run as root. */
async function passwordIn(folder: string): Promise<string> {
  const path = join(folder, 'password');
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o700);
  const known = await readFile(path, 'utf8').catch(() => '');
  if (known !== '') return known;
  const made = randomBytes(24).toString('hex');
  await writeFile(path, made, { mode: 0o600 });
  return made;
}

async function launch(program: string, folder: string, wantedPort?: number): Promise<EmbeddedServer> {
  const password = await passwordIn(folder);
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
      '-',
    ],
    // Of their own process group: a Ctrl-C is for the supervisor, which stops them in order.
    { stdio: ['pipe', 'ignore', 'ignore'], detached: true },
  );
  // What stands on the command line is for every user of the machine to read.
  child.stdin.on('error', () => undefined).end(`requirepass ${password}\n`);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const failed = new Promise<never>((_, fail) => child.once('error', fail));
  const url = `redis://:${password}@127.0.0.1:${port}`;
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => 50, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  let tooLate: NodeJS.Timeout | undefined;
  let over = false;
  try {
    // A refused connection is tried again; LOADING answers an error until the file is read.
    const ready = (async () => {
      while (!over) {
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
    over = true;
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
