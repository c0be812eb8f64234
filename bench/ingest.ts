/**
 * How many frames a second one camera process accepts, each fsynced under its SHA-256 and committed before its 202.
 * Method: the camera app in a process of its own on an embedded Postgres (its defaults: fsync and synchronous commit on);
 * autocannon in another, every request a picture of its own, signed as it is sent. Afterwards every 202 is looked up.
 * Caveat: client, server and database share this machine's cores; the client's signing and hashing is part of the load.
 *
 *   npx tsx bench/ingest.ts [--kb 300] [--seconds 10] [--connections 16]
 */
import autocannon from 'autocannon';
import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sha256 } from '../src/core/ids.js';
import { sign, textToSign } from '../src/ingest/signing.js';

interface Served {
  readonly url: string;
  readonly secret: string;
}
const CAMERA = 'bench';
let sequence = 0;
const { values } = parseArgs({
  options: {
    kb: { type: 'string', default: '300' },
    seconds: { type: 'string', default: '10' },
    connections: { type: 'string', default: '16' },
    serve: { type: 'boolean', default: false },
  },
});

await (values.serve ? serve() : measure());

/** The child: a house with the camera app; tells the count of frames when asked. */
async function serve(): Promise<void> {
  const { openHouse } = await import('../src/storage/house.js');
  const { migrate } = await import('../src/storage/database.js');
  const { buildCameraApp } = await import('../src/http/camera/app.js');
  const { registerCamera } = await import('../src/ingest/index.js');
  const house = await openHouse('bench');
  await migrate(house.databaseUrl, house.log);
  const { secret } = await registerCamera(house, { id: CAMERA, siteId: 'bench', name: 'bench' });
  const app = await buildCameraApp(house);
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const count = async (): Promise<void> => {
    const row = await house.db
      .selectFrom('frames')
      .select((eb) => eb.fn.countAll().as('n'))
      .executeTakeFirstOrThrow();
    process.send?.({ frames: Number(row.n), rssMb: Math.round(process.memoryUsage().rss / 1e6) });
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await house.close();
    process.exit(0);
  };
  process.on('message', (ask) => void (ask === 'count' ? count() : stop()));
  process.once('disconnect', () => void stop());
  process.send?.({ url, secret } satisfies Served);
}

async function measure(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'phat-nguoi-bench-'));
  const child = fork(fileURLToPath(import.meta.url), ['--serve'], {
    execArgv: ['--import', 'tsx'],
    env: {
      ...process.env,
      DATA_DIR: folder,
      LOG_LEVEL: 'error',
      BACKLOG_LIMIT: '100000000',
      DATABASE_URL: '',
      REDIS_URL: '',
    },
  });
  const answer = <T>(): Promise<T> =>
    new Promise((resolve) => child.once('message', (message) => resolve(message as T)));
  const { url, secret } = await answer<Served>();
  const bytes = Number(values.kb) * 1024;
  await run(url, secret, bytes, 2);
  child.send('count');
  const warm = await answer<{ frames: number }>();
  const result = await run(url, secret, bytes, Number(values.seconds));
  child.send('count');
  const stored = await answer<{ frames: number; rssMb: number }>();
  const gone = new Promise((done) => child.once('exit', done));
  child.send('stop');
  await gone;
  await rm(folder, { recursive: true, force: true });

  const accepted = result['2xx'];
  const figures = {
    bench: 'ingest',
    framesPerSecond: Math.round(accepted / result.duration),
    kb: Number(values.kb),
    connections: Number(values.connections),
    seconds: result.duration,
    accepted,
    refused: result.non2xx,
    errors: result.errors,
    // Requests cut off at the end of the run may be stored without their answer being counted.
    storedInRun: stored.frames - warm.frames,
    latencyMs: { p50: result.latency.p50, p99: result.latency.p99, max: result.latency.max },
    rssMb: stored.rssMb,
    cores: cpus().length,
    load: Math.round(loadavg()[0]! * 10) / 10,
  };
  console.log(
    'Frames accepted with fsync of the bytes and commit of the row, one camera process, client on the same machine',
  );
  console.log(
    `${figures.framesPerSecond} frames/s of ${figures.kb} KB over ${figures.connections} connections; answers in ${figures.latencyMs.p50} ms (median), ${figures.latencyMs.p99} ms (p99)`,
  );
  console.log(
    `${accepted} acknowledged, ${figures.storedInRun} stored: ${figures.storedInRun >= accepted ? 'none lost' : 'LOST FRAMES'}; load average ${figures.load} on ${figures.cores} cores`,
  );
  console.log(JSON.stringify(figures));
  if (figures.storedInRun < accepted || result.non2xx > 0) process.exitCode = 1;
}

function run(url: string, secret: string, bytes: number, seconds: number): Promise<autocannon.Result> {
  const noise = randomBytes(bytes);
  const next = (): { headers: Record<string, string>; body: Buffer } => {
    const body = Buffer.from(noise);
    body.set([0xff, 0xd8, 0xff, 0xe0]);
    body.writeUInt32BE((sequence += 1), 8);
    body.set([0xff, 0xd9], bytes - 2);
    const now = new Date().toISOString();
    const headers = {
      'content-type': 'image/jpeg',
      'x-camera': CAMERA,
      'x-captured-at': now,
      'x-content-sha256': sha256(body),
      'x-sequence': String(sequence),
      'x-timestamp': now,
    };
    return {
      headers: { ...headers, 'x-signature': sign(secret, textToSign('POST', '/v1/frames', headers)) },
      body,
    };
  };
  return autocannon({
    url: `${url}/v1/frames`,
    method: 'POST',
    connections: Number(values.connections),
    duration: seconds,
    requests: [
      { method: 'POST', path: '/v1/frames', setupRequest: (request) => ({ ...request, ...next() }) },
    ],
  });
}
