import { mkdir, writeFile } from 'node:fs/promises';
import { createServer, connect, type Socket } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { playCamera } from '../../src/simulators/play-camera.js';
import { planShots } from '../../src/simulators/shots.js';
import { cameraClient } from '../../src/simulators/camera.js';
import { CAMERA, cameraHouse, counts, jpeg } from './camera-house.js';

async function clip(folder: string): Promise<string> {
  const path = join(folder, 'clip');
  await mkdir(path, { recursive: true });
  const lines: string[] = [];
  for (let i = 0; i < 12; i += 1) {
    await writeFile(join(path, `${i}.jpg`), await jpeg());
    const claims = i === 3 ? { speeds: [{ kmh: 97.2, device: 'SN-1', box: [1, 2, 30, 40] }] } : {};
    lines.push(
      JSON.stringify({ file: `${i}.jpg`, camera: i % 2 === 0 ? CAMERA : 'other', at: i * 20, claims }),
    );
  }
  await writeFile(join(path, 'frames.jsonl'), `${lines.join('\n')}\n`);
  return path;
}

t.test('a clip is played by its own times and claims, one camera of it or all', async (t) => {
  const { house, client } = await cameraHouse(t);
  const path = await clip(house.folder);
  t.equal((await planShots(path, { fps: 5, camera: CAMERA })).length, 6);
  const shots = await planShots(path, { fps: 5 });
  const played = await playCamera(client, shots, { speed: 0, startsAt: new Date('2026-11-21T02:59:00Z') });
  t.same(played, { taken: 12, duplicates: 0, refused: 0, lost: 0 });
  const rows = await house.db.selectFrom('frames').selectAll().orderBy('sequence').execute();
  t.same(
    rows.map((row) => row.captured_at.getTime() - rows[0]!.captured_at.getTime()),
    shots.map((shot) => shot.offsetMs),
  );
  t.same(rows[3]!.claims, { speeds: [{ kmh: 97.2, device: 'SN-1', box: [1, 2, 30, 40] }] });
  const plain = await planShots(join(house.folder, 'blobs'), { fps: 2 });
  t.equal(plain.length, 0, 'what is not named as a JPEG is not pushed');
});

t.test(
  'connections that break in the middle of pushes and answers lose no frame and double none',
  async (t) => {
    const { house, url, secret } = await cameraHouse(t);
    const shots = await planShots(await clip(house.folder), { fps: 5 });
    const proxy = await breakingProxy(t, url);
    const client = cameraClient({
      url: proxy,
      camera: CAMERA,
      secret,
      timeoutMs: 3000,
      now: () => (house.clock.advance(1), house.clock.now()),
    });
    const played = await playCamera(client, shots, { speed: 0, startsAt: new Date('2026-11-21T02:59:00Z') });
    t.equal(played.taken + played.duplicates, 12);
    t.ok(played.duplicates > 0, 'an answer was lost, and the frame pushed again');
    t.match(await counts(house), { frames: 12, jobs: 24 });
  },
);

/** Passes bytes through; every third connection is cut before the request is whole, the next before the answer. */
async function breakingProxy(t: Parameters<typeof cameraHouse>[0], url: string): Promise<string> {
  const target = new URL(url);
  const open = new Set<Socket>();
  let count = 0;
  const server = createServer((from) => {
    const turn = (count += 1) % 4;
    const to = connect(Number(target.port), target.hostname);
    for (const socket of [from, to]) {
      open.add(socket);
      socket.on('error', () => undefined).on('close', () => (from.destroy(), to.destroy()));
    }
    from.on('data', (data) =>
      turn === 1 ? (to.write(data.subarray(0, 100)), setTimeout(() => from.destroy(), 20)) : to.write(data),
    );
    to.on('data', (data) => (turn === 2 ? from.destroy() : from.write(data)));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  t.teardown(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}`;
}
