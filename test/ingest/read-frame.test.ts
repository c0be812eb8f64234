import { execFile } from 'node:child_process';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import t from 'tap';
import { readAgain, readFrame, setFrameAside, type FrameReader } from '../../src/ingest/read-frame.js';
import { pulseOf } from '../../src/payments/pulse.js';
import { startDispatcher } from '../../src/storage/dispatcher.js';
import { startWorkers } from '../../src/storage/handlers.js';
import { retryJobs } from '../../src/storage/set-aside.js';
import type { TestHouse } from '../../src/storage/test-house.js';
import { topicPolicy } from '../../src/storage/topics.js';
import { VisionError } from '../../src/vision/errors.js';
import type { FrameReading } from '../../src/vision/observation.js';
import { cameraHouse, jpeg, NOW } from './camera-house.js';

Object.assign(topicPolicy.read, { attempts: 2, backoffMs: 20 });
const seenEmpty = {
  width: 64,
  height: 48,
  observations: [],
  strayPlates: [],
  lamps: [],
} as unknown as FrameReading;

/** A camera's house whose frames are read by `reader` as `workers/reading.ts` does. */
async function readingHouse(t: Parameters<typeof cameraHouse>[0], reader: FrameReader) {
  const made = await cameraHouse(t);
  const { house } = made;
  const queues = await house.openQueues();
  let tries = 0;
  const workers = startWorkers(
    house,
    queues,
    { read: (ctx, id) => ((tries += 1), readFrame(ctx, reader, id)) },
    { onSetAside: (_topic, id, reason) => setFrameAside(house, id, reason) },
  );
  const dispatcher = await startDispatcher(house, queues, house.databaseUrl);
  t.teardown(async () => {
    await dispatcher.close();
    await workers.close();
  });
  let sequence = 0;
  const push = async (): Promise<{ id: string; sha256: string }> => {
    house.clock.advance(1);
    const { id, status } = await made.client.push({
      picture: await jpeg(),
      sequence: (sequence += 1),
      capturedAt: new Date(NOW),
    });
    if (status !== 202 || id === undefined) throw new Error(`answered ${status}`);
    return frameOf(house, id);
  };
  return { ...made, push, tries: () => tries };
}

const frameOf = (house: TestHouse, id: string) =>
  house.db.selectFrom('frames').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const setAside = async (house: TestHouse): Promise<number> =>
  (await pulseOf(house.db, house.clock.now())).jobsSetAside;

async function until(holds: () => Promise<boolean>, ms = 60_000): Promise<void> {
  for (const end = Date.now() + ms; !(await holds());) {
    if (Date.now() > end) throw new Error('waited too long');
    await new Promise((done) => setTimeout(done, 50));
  }
}

t.test('a blob store that is away sets no frame aside: it is read when the store is back', async (t) => {
  const { house, push, tries } = await readingHouse(t, { read: async () => seenEmpty });
  const blobs = join(house.folder, 'blobs');
  const get = house.blobs.get.bind(house.blobs);
  let away = true;
  // The disk goes between the acknowledgement and the reading.
  Object.assign(house.blobs, {
    get: async (name: string) => {
      if (!away) return get(name);
      await rename(blobs, `${blobs}.away`);
      try {
        return await get(name);
      } finally {
        await rename(`${blobs}.away`, blobs);
      }
    },
  });
  const { id } = await push();
  await until(async () => tries() > 4);
  t.equal((await frameOf(house, id)).state, 'received');
  t.same(await house.db.selectFrom('set_aside').selectAll().execute(), []);
  t.ok((await pulseOf(house.db, house.clock.now())).jobsOpen > 0, 'the alarm sees the open job');
  away = false;
  await until(async () => (await frameOf(house, id)).state === 'read');
});

t.test('a blob that is gone is set aside and counted; put back, an operator has it read again', async (t) => {
  const { house, push } = await readingHouse(t, { read: async () => seenEmpty });
  const get = house.blobs.get.bind(house.blobs);
  const fileOf = (name: string): string =>
    join(house.folder, 'blobs', name.slice(0, 2), name.slice(2, 4), name);
  let gone = true;
  Object.assign(house.blobs, {
    get: async (name: string) => {
      if (gone) await rename(fileOf(name), `${fileOf(name)}.gone`).catch(() => undefined);
      return get(name);
    },
  });
  const { id, sha256 } = await push();
  await until(async () => (await frameOf(house, id)).state === 'set_aside');
  await until(async () => (await setAside(house)) === 1);
  t.match((await frameOf(house, id)).set_aside_reason, /^BLOB_MISSING/);

  gone = false;
  await rename(`${fileOf(sha256)}.gone`, fileOf(sha256));
  await house.db.updateTable('frames').set({ judged_at: house.clock.now() }).where('id', '=', id).execute();
  const run = promisify(execFile);
  const job = (...words: string[]) =>
    run(process.execPath, ['src/bin.mjs', 'job', ...words], {
      env: { ...process.env, DATA_DIR: house.folder, DATABASE_URL: house.databaseUrl, LOG_LEVEL: 'silent' },
    });
  t.match(JSON.parse((await job('list', '--json')).stdout), { topic: 'read', key: id });
  await t.rejects(job('retry'), /JOB_OPTIONS_INVALID/, 'nothing is retried unnamed');
  t.match(JSON.parse((await job('retry', '--topic', 'read', '--json')).stdout), { topic: 'read', key: id });
  await until(async () => (await frameOf(house, id)).state === 'read');
  t.equal((await frameOf(house, id)).judged_late, true, 'judging had gone past it, and a replay must agree');
  t.equal(await setAside(house), 0);
});

t.test('a broken picture is nobody’s alarm; a reader that fails three times is', async (t) => {
  const faults = [new VisionError('NOT_AN_IMAGE', 'no picture'), ...crashes(3)];
  const { house, push, tries } = await readingHouse(t, {
    read: () => {
      const fault = faults.shift();
      return fault === undefined ? Promise.resolve(seenEmpty) : Promise.reject(fault);
    },
  });
  const broken = await push();
  await until(async () => (await frameOf(house, broken.id)).state === 'set_aside');
  t.equal(await setAside(house), 0);
  const unlucky = await push();
  await until(async () => (await frameOf(house, unlucky.id)).state === 'set_aside');
  t.match(await frameOf(house, unlucky.id), { set_aside_reason: 'VISION_CRASHED', attempts: 3 });
  t.equal(tries(), 4);
  await until(async () => (await setAside(house)) === 1);
  await retryJobs(house, { key: unlucky.id }, { read: readAgain });
  await until(async () => (await frameOf(house, unlucky.id)).state === 'read');
});

function crashes(count: number): VisionError[] {
  return Array.from({ length: count }, () => new VisionError('VISION_CRASHED', 'the process ended'));
}
