import { buildCameraApp } from '../src/http/camera/app.js';
import { buildCitizenApp } from '../src/http/citizen/app.js';
import { buildOfficerApp } from '../src/http/officer/app.js';
import { runWorker } from '../src/commands/processes/worker-process.js';

/** The three apps on their three ports. Cameras, officers and citizens never share one. */
await runWorker('http', async (house) => {
  const { host, ports } = house.config;
  const queues = house.openQueues();
  const apps = await Promise.all([
    buildCameraApp(house),
    buildOfficerApp(house, { queues: queues.bull }),
    buildCitizenApp(house),
  ]);
  await Promise.all(
    apps.map((app, i) => app.listen({ host, port: [ports.camera, ports.officer, ports.citizen][i]! })),
  );
  return async () => {
    await Promise.all(apps.map((app) => app.close()));
  };
});
