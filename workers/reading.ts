import { availableParallelism } from 'node:os';
import { readFrame, setFrameAside } from '../src/ingest/read-frame.js';
import { startWorkers } from '../src/storage/handlers.js';
import { runWorker } from '../src/commands/processes/worker-process.js';
import { SHIPPED_MANIFEST } from '../src/vision/manifest.js';
import { createVisionPool } from '../src/vision/pool.js';

/** Reads frames with one vision process a core. A broken picture is set aside at once, a crashed reader tried again. */
await runWorker('reading', async (house) => {
  const { config, log } = house;
  const processes = config.visionProcesses ?? availableParallelism();
  const pool = await createVisionPool({
    processes,
    manifestPath: config.modelsManifest ?? SHIPPED_MANIFEST,
    log,
    timeoutMs: config.visionTimeoutMs,
  });
  const workers = startWorkers(
    house,
    house.openQueues(),
    { read: (ctx, frameId) => readFrame(ctx, pool, frameId) },
    {
      // One more than processes, so that the next frame is loaded while the others are looked at.
      concurrency: { read: processes + 1 },
      onSetAside: (_topic, frameId, reason) => setFrameAside(house, frameId, reason),
    },
  );
  return async () => {
    await workers.close();
    await pool.close();
  };
});
