import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../core/log.js';

const TSX = import.meta.resolve('tsx');

export interface Supervised {
  readonly name: string;
  readonly pid: number | undefined;
  stop(): Promise<void>;
}

/**
 * Keeps one process alive: ended by itself it is started again, at once the first time and then with growing pauses.
 * Resolves when the process has said `ready`; a process that cannot start the first time rejects.
 */
export async function supervise(
  name: string,
  module: URL,
  log: Log,
  options: { env?: NodeJS.ProcessEnv; args?: readonly string[]; graceMs?: number; readyMs?: number } = {},
): Promise<Supervised> {
  const { env = process.env, args = [], graceMs = 15_000, readyMs = 60_000 } = options;
  let child: ChildProcess | undefined;
  let stopping = false;
  let failures = 0;

  const start = (): Promise<void> => {
    const started = fork(fileURLToPath(module), [...args], {
      env,
      execArgv: ['--import', TSX],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      detached: true,
    });
    child = started;
    const bornAt = Date.now();
    const ready = new Promise<void>((done, fail) => {
      const late = setTimeout(() => fail(new Error(`${name} was not ready within ${readyMs} ms`)), readyMs);
      started.once('message', () => (clearTimeout(late), done()));
      started.once(
        'exit',
        (code, signal) => (clearTimeout(late), fail(new Error(`${name} ended (${signal ?? code})`))),
      );
    });
    started.once('exit', (code, signal) => {
      if (stopping) return;
      failures = Date.now() - bornAt > 30_000 ? 0 : failures + 1;
      log.error({ process: name, code, signal, failures }, 'a process ended by itself');
    });
    return ready;
  };
  const keep = async (): Promise<void> => {
    const current = child!;
    if (current.exitCode === null && current.signalCode === null)
      await new Promise((done) => current.once('exit', done));
    if (stopping) return;
    await new Promise((done) => setTimeout(done, failures <= 1 ? 0 : Math.min(200 * 2 ** failures, 10_000)));
    if (stopping) return;
    start().then(
      () => log.info({ process: name, pid: child?.pid }, 'started again'),
      () => child?.kill('SIGKILL'),
    );
    return keep();
  };

  await start();
  void keep();
  return {
    name,
    get pid() {
      return child?.pid;
    },
    async stop() {
      stopping = true;
      const last = child;
      if (last === undefined || last.exitCode !== null || last.signalCode !== null) return;
      const gone = new Promise((done) => last.once('exit', done));
      last.kill('SIGTERM');
      const late = setTimeout(() => last.kill('SIGKILL'), graceMs);
      await gone;
      clearTimeout(late);
    },
  };
}
