import { readFile, readlink, rename, rm, stat, writeFile } from 'node:fs/promises';
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

/** A pid alone names nobody: after a restart of the machine it is another's, and in a container every house is process 1. */
interface Recorded extends RunningHouse {
  /** When each of the processes was born. */
  readonly births: Readonly<Record<number, string>>;
  /** The space in which the pids count; another container has its own. */
  readonly space: string;
}

/** The record is written anew this often by a house that runs, which one in another container can see. */
export const RECORD_EVERY_MS = 2000;

const file = (dataDir: string): string => join(dataDir, 'run.json');

/** The running house on this data folder, or undefined. */
export async function runningHouse(dataDir: string): Promise<RunningHouse | undefined> {
  const run = await recorded(dataDir);
  return run !== undefined && (await lives(run, run.pid)) ? run : undefined;
}

/** @throws {StorageError} `HOUSE_BUSY` if a house runs on this data folder, be it in another container */
export async function assertNotRunning(dataDir: string): Promise<void> {
  const run = await recorded(dataDir);
  if (run === undefined) return;
  const here = run.space === (await ownSpace());
  if (here ? !(await lives(run, run.pid)) : !(await isWrittenAnew(dataDir))) return;
  throw new StorageError(
    'HOUSE_BUSY',
    `${dataDir} đang được tiến trình ${run.pid} dùng / is in use by process ${run.pid}; stop it or set DATA_DIR`,
  );
}

export async function recordRun(dataDir: string, run: RunningHouse): Promise<void> {
  const pids = [run.pid, ...run.serverPids];
  const births = Object.fromEntries(await Promise.all(pids.map(async (pid) => [pid, await birthOf(pid)])));
  const record: Recorded = { ...run, births, space: await ownSpace() };
  await writeFile(`${file(dataDir)}.new`, JSON.stringify(record), { mode: 0o600 });
  await rename(`${file(dataDir)}.new`, file(dataDir));
}

export async function forgetRun(dataDir: string): Promise<void> {
  await rm(file(dataDir), { force: true });
}

/**
 * Ends servers that a killed supervisor left on this data folder; two servers on one folder would ruin it.
 * A pid may have been given to a stranger meanwhile, which can be a Postgres too: only what was born then is ended.
 */
export async function endLeftovers(dataDir: string, log: Log): Promise<void> {
  const run = await recorded(dataDir);
  for (const pid of run?.serverPids ?? []) {
    if (!(await lives(run!, pid))) continue;
    log.warn({ pid }, 'ending a server that an earlier run left behind');
    process.kill(pid, 'SIGINT');
    for (let waited = 0; waited < 10_000 && (await lives(run!, pid)); waited += 50) {
      await new Promise((done) => setTimeout(done, 50));
    }
  }
  await forgetRun(dataDir);
}

async function recorded(dataDir: string): Promise<Recorded | undefined> {
  return readFile(file(dataDir), 'utf8').then(
    (text) => ({ births: {}, space: '', ...(JSON.parse(text) as RunningHouse) }),
    () => undefined,
  );
}

async function lives(run: Recorded, pid: number): Promise<boolean> {
  const birth = run.births[pid] ?? '';
  return birth !== '' && birth === (await birthOf(pid));
}

/** Empty if there is no such process: the boot of the machine, and the tick of its clock in which the process began. */
async function birthOf(pid: number): Promise<string> {
  try {
    const boot = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const status = await readFile(`/proc/${pid}/stat`, 'utf8');
    // proc(5): the name in brackets may hold anything; the state is field 3, the start field 22.
    const [state, ...fields] = status.slice(status.lastIndexOf(')') + 2).split(' ');
    return state === 'Z' ? '' : `${boot} ${fields[18]}`;
  } catch {
    return '';
  }
}

const ownSpace = (): Promise<string> => readlink('/proc/self/ns/pid').catch(() => '');

async function isWrittenAnew(dataDir: string): Promise<boolean> {
  const writtenAt = (): Promise<number> =>
    stat(file(dataDir)).then(
      (found) => found.mtimeMs,
      () => 0,
    );
  const before = await writtenAt();
  if (Date.now() - before > 5 * RECORD_EVERY_MS) return false;
  await new Promise((done) => setTimeout(done, 3 * RECORD_EVERY_MS));
  return (await writtenAt()) > before;
}
