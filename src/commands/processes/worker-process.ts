import { openHouse, type House } from '../../storage/house.js';

/**
 * The life of a worker process: open the house, start, tell the supervisor, stop on SIGTERM or when the supervisor is
 * gone (its channel closes), so that no worker outlives it.
 */
export async function runWorker(
  name: string,
  start: (house: House) => Promise<() => Promise<void>>,
): Promise<void> {
  const house = await openHouse(name);
  const stop = await start(house);
  let stopping = false;
  const end = (): void => {
    if (stopping) return;
    stopping = true;
    stop()
      .then(() => house.close())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          house.log.error({ err: error }, 'did not stop cleanly');
          process.exit(1);
        },
      );
  };
  process.once('SIGTERM', end);
  process.once('disconnect', end);
  process.send?.('ready');
  house.log.info({ pid: process.pid }, 'ready');
}
