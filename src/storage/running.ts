import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Log } from '../core/log.js';
import { StorageError } from './errors.js';
import type { QueueChoice } from './queues.js';

/** What `run.json` in the data folder tells other commands, and the next start, of a running house. */
export interface RunningHouse {
  readonly pid: number;
  readonly databaseUrl: string;
  readonly queue: QueueChoice;
  /** Processes of the embedded servers, to be ended if the supervisor was killed and left them behind. */
  readonly serverPids: readonly number[];
}

const file = (dataDir: string): string => join(dataDir, 'run.json');

/** The running house on this data folder, or undefined. */
export async function runningHouse(dataDir: string): Promise<RunningHouse | undefined> {
  const run = await recorded(dataDir);
  return run !== undefined && (await commandLine(run.pid)).includes('node') ? run : undefined;
}

/** @throws {StorageError} `HOUSE_BUSY` if a house runs on this data folder */
export async function assertNotRunning(dataDir: string): Promise<void> {
  const other = await runningHouse(dataDir);
  if (other === undefined) return;
  throw new StorageError(
    'HOUSE_BUSY',
    `${dataDir} đang được tiến trình ${other.pid} dùng / is in use by process ${other.pid}; stop it or set DATA_DIR`,
  );
}

export async function recordRun(dataDir: string, run: RunningHouse): Promise<void> {
  await writeFile(`${file(dataDir)}.new`, JSON.stringify(run), { mode: 0o600 });
  await rename(`${file(dataDir)}.new`, file(dataDir));
}

export async function forgetRun(dataDir: string): Promise<void> {
  await rm(file(dataDir), { force: true });
}

/**
 * Ends servers that a killed supervisor left on this data folder; two servers on one folder would ruin it.
 * A pid may have been given to a stranger meanwhile: only a Postgres or Redis is ended.
 */
export async function endLeftovers(dataDir: string, log: Log): Promise<void> {
  const run = await recorded(dataDir);
  for (const pid of run?.serverPids ?? []) {
    if (!/\b(postgres|redis-server)\b/.test(await commandLine(pid))) continue;
    log.warn({ pid }, 'ending a server that an earlier run left behind');
    process.kill(pid, 'SIGINT');
    for (let waited = 0; waited < 10_000 && (await commandLine(pid)) !== ''; waited += 50) {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  await forgetRun(dataDir);
}

async function recorded(dataDir: string): Promise<RunningHouse | undefined> {
  return readFile(file(dataDir), 'utf8').then(
    (text) => JSON.parse(text) as RunningHouse,
    () => undefined,
  );
}

/** Empty if there is no such process. */
async function commandLine(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').then(
    (text) => text.replaceAll('\0', ' '),
    () => '',
  );
}
