import type { Config } from '../../core/config.js';
import type { Log } from '../../core/log.js';
import { checkKeys } from '../../storage/house-keys.js';
import { forgetRun, recordRun, RECORD_EVERY_MS } from '../../storage/running.js';
import { startServers } from '../../storage/servers.js';
import { supervise, type Supervised } from './supervisor.js';

export interface HouseProcesses {
  readonly queue: string;
  readonly pids: Readonly<Record<string, number | undefined>>;
  stop(): Promise<void>;
}

const worker = (name: string): URL => new URL(`../../../workers/${name}.ts`, import.meta.url);

/**
 * Starts the whole house on this machine: servers, then HTTP, casework and reading, each kept alive.
 * @throws {StorageError} `HOUSE_BUSY` if another house runs on the same data folder, `KEYS_DIFFER` on a box with other keys
 */
export async function startHouseProcesses(
  config: Config,
  env: NodeJS.ProcessEnv,
  log: Log,
): Promise<HouseProcesses> {
  const servers = await startServers(config, log);
  try {
    await checkKeys(servers.databaseUrl, config.keysDir, log);
  } catch (error) {
    await servers.stop();
    throw error;
  }
  const record = (): Promise<void> =>
    recordRun(config.dataDir, {
      pid: process.pid,
      databaseUrl: servers.databaseUrl,
      queue: servers.queue,
      serverPids: servers.pids(),
    });
  await record();
  // A server that was started again has another pid, which the next start must know.
  const refresh = setInterval(() => void record().catch(() => undefined), RECORD_EVERY_MS);
  const running: Supervised[] = [];
  const stop = async (): Promise<void> => {
    clearInterval(refresh);
    await Promise.allSettled(running.map((process) => process.stop()));
    await servers.stop();
    await forgetRun(config.dataDir);
  };
  try {
    const started = await Promise.allSettled(
      ['http', 'casework', 'reading'].map(async (name) =>
        running.push(await supervise(name, worker(name), log, { env })),
      ),
    );
    const failed = started.find((s) => s.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    queue: servers.queue.why,
    get pids() {
      return Object.fromEntries(running.map((process) => [process.name, process.pid]));
    },
    stop,
  };
}
