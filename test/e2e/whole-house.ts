import { fileURLToPath } from 'node:url';
import getPort from 'get-port';
import type { FastifyInstance } from 'fastify';
import * as cases from '../../src/cases/jobs.js';
import { createOfficer } from '../../src/cases/officers.js';
import * as evidence from '../../src/evidence/jobs.js';
import { buildCameraApp } from '../../src/http/camera/app.js';
import { buildCitizenApp } from '../../src/http/citizen/app.js';
import { buildOfficerApp } from '../../src/http/officer/app.js';
import { registerCamera } from '../../src/ingest/index.js';
import { readFrame, setFrameAside } from '../../src/ingest/read-frame.js';
import * as judging from '../../src/judging/jobs.js';
import * as notices from '../../src/notices/jobs.js';
import * as payments from '../../src/payments/jobs.js';
import { startDigitalAccount } from '../../src/simulators/digital-account.js';
import { startPaymentGateway } from '../../src/simulators/payment-gateway.js';
import { startVehicleRegister } from '../../src/simulators/vehicle-register.js';
import { addSiteVersion, signOff } from '../../src/sites/store.js';
import { startDispatcher } from '../../src/storage/dispatcher.js';
import { composeHandlers, startWorkers } from '../../src/storage/handlers.js';
import { testHouse, type TestHouse } from '../../src/storage/test-house.js';
import { createVisionPool } from '../../src/vision/pool.js';
import type { DemoClip } from '../../src/commands/demo/clips.js';

export const PASSWORD = 'mat-khau-thu-nghiem';
const MANIFEST = fileURLToPath(new URL('../../models/manifest.json', import.meta.url));
const SECRET = 'whole-house-webhook-secret';

export interface WholeHouse {
  readonly house: TestHouse;
  readonly urls: { readonly camera: string; readonly officer: string; readonly citizen: string };
  readonly outside: { readonly register: string; readonly account: string; readonly gateway: string };
  readonly cameraSecret: string;
}

interface Teardown {
  teardown(fn: () => Promise<void>): void;
}

/**
 * Everything that `up` starts, in one process but for the vision processes: three apps on sockets, real queue and
 * database, every job's handler, and each outside system as an HTTP server. One camera, that of the clip.
 */
export async function wholeHouse(t: Teardown, clip: DemoClip): Promise<WholeHouse> {
  const clock = { now: () => new Date() };
  const [register, account] = await Promise.all([
    startVehicleRegister({ vehicles: clip.vehicles }),
    startDigitalAccount({ clock }),
  ]);
  const citizenPort = await getPort({ host: '127.0.0.1' });
  const citizen = `http://127.0.0.1:${citizenPort}`;
  const gateway = await startPaymentGateway({
    clock,
    webhookSecret: SECRET,
    webhookUrl: `${citizen}/v1/payments/webhook`,
  });
  const made = await testHouse(t, {
    env: {
      CITIZEN_URL: citizen,
      VEHICLE_REGISTER_URL: register.url,
      DIGITAL_ACCOUNT_URL: account.url,
      PAYMENT_GATEWAY_URL: gateway.url,
      PAYMENT_WEBHOOK_SECRET: SECRET,
      UNDO_SECONDS: '1',
    },
  });
  const house: TestHouse = { ...made, clock: { ...made.clock, now: clock.now } };
  await addSiteVersion(house.db, clip.site);
  await signOff(house.db, clip.site.siteId, clip.site.version, 'officer:minh', clock.now());
  const { secret } = await registerCamera(house, {
    id: clip.cameras[0]!,
    siteId: clip.site.siteId,
    name: clip.cameras[0]!,
  });
  await createOfficer(house.db, {
    username: 'lan',
    name: 'Nguyễn Thị Lan',
    rank: 'Thượng úy',
    unit: 'Đội 6',
    role: 'reviewer',
    password: PASSWORD,
  });

  const queues = await house.openQueues();
  const pool = await createVisionPool({
    processes: 2,
    manifestPath: MANIFEST,
    log: house.log,
    timeoutMs: 60_000,
  });
  const workers = startWorkers(
    house,
    queues,
    composeHandlers(
      judging.handlers,
      cases.handlers,
      notices.handlers,
      payments.handlers,
      evidence.handlers,
      {
        read: (ctx, id) => readFrame(ctx, pool, id),
      },
    ),
    {
      concurrency: { read: 3 },
      onSetAside: (topic, key, reason) =>
        topic === 'read' ? setFrameAside(house, key, reason) : Promise.resolve(),
    },
  );
  const dispatcher = await startDispatcher(house, queues, house.databaseUrl);
  const apps = await Promise.all([buildCameraApp(house), buildOfficerApp(house), buildCitizenApp(house)]);
  const urls = await Promise.all(apps.map((app, i) => listening(app, i === 2 ? citizenPort : 0)));
  t.teardown(async () => {
    await dispatcher.close();
    await workers.close();
    await pool.close();
    await Promise.all([...apps, register, account, gateway].map((one) => one.close()));
  });
  return {
    house,
    urls: { camera: urls[0]!, officer: urls[1]!, citizen: urls[2]! },
    outside: { register: register.url, account: account.url, gateway: gateway.url },
    cameraSecret: secret,
  };
}

async function listening(app: FastifyInstance, port: number): Promise<string> {
  await app.listen({ host: '127.0.0.1', port });
  return `http://127.0.0.1:${(app.server.address() as { port: number }).port}`;
}
