import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { makeScene } from '../../src/twin/behaviour/index.js';
import { writeClip } from '../../src/twin/clip.js';
import { chromiumPath, startRenderer, type Renderer } from '../../src/twin/renderer.js';
import type { ClipTruth, FrameTruth } from '../../src/twin/truth.js';

const noBrowser =
  chromiumPath() === null ? 'no Chromium on this machine: install it or set CHROMIUM_PATH' : false;
const SIZE = { width: 480, height: 270 };
const scene = makeScene({ site: 'street', seed: 64, roles: ['rides-against', 'car-against'], plain: 14 });

/** The same three pictures in a folder of their own. */
async function draw(renderer: Renderer, root: string, name: string): Promise<string> {
  const out = join(root, name);
  await writeClip(renderer, {
    scene,
    cameraId: 'pho02-truoc',
    out,
    every: 1,
    only: [150, 152, 190],
    size: SIZE,
    quality: 80,
    name: 'try',
  });
  return out;
}

t.test('a rendered clip', { skip: noBrowser, timeout: 600_000 }, async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'phat-nguoi-twin-'));
  const renderer = await startRenderer();
  t.teardown(async () => {
    await renderer.close();
    rmSync(root, { recursive: true, force: true });
  });
  const first = await draw(renderer, root, 'first');
  const second = await draw(renderer, root, 'second');

  t.test('is the same twice, byte for byte', async (t) => {
    for (const file of ['00150.jpg', '00152.jpg', '00190.jpg', 'truth.jsonl', 'frames.jsonl', 'clip.json']) {
      t.ok(readFileSync(join(first, file)).equals(readFileSync(join(second, file))), file);
    }
  });

  t.test('tells a truth that agrees with itself', async (t) => {
    const truths = readFileSync(join(first, 'truth.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as FrameTruth);
    t.equal(truths.length, 3);
    const known = new Map(scene.vehicles.map((vehicle) => [vehicle.id, vehicle]));
    const plates = truths
      .flatMap((truth) => truth.vehicles.map((vehicle) => vehicle.plate))
      .filter((plate) => plate !== null);
    t.ok(plates.length > 0, 'some plates face the camera');
    for (const truth of truths) {
      t.same([truth.width, truth.height], [SIZE.width, SIZE.height]);
      for (const vehicle of truth.vehicles) {
        const [x0, y0, x1, y1] = vehicle.box;
        t.ok(
          x0 >= 0 && y0 >= 0 && x1 <= SIZE.width && y1 <= SIZE.height && x0 < x1 && y0 < y1,
          'box inside the picture',
        );
        t.ok(vehicle.visible >= 0 && vehicle.visible <= 1, 'visible is a share');
        t.ok(known.has(vehicle.id), 'a vehicle of the script');
        if (vehicle.plate === null) continue;
        const [px0, py0, px1, py1] = vehicle.plate.box;
        t.ok(
          px0 >= x0 - 0.5 && py0 >= y0 - 0.5 && px1 <= x1 + 0.5 && py1 <= y1 + 0.5,
          'plate inside its vehicle',
        );
        t.equal(vehicle.plate.text, known.get(vehicle.id)?.[vehicle.plate.side]?.text);
        if (vehicle.kind === 'motorcycle')
          t.equal(vehicle.plate.side, 'rear', 'a motorcycle has no front plate');
      }
    }
  });

  t.test('lists for the register what a register could know', async (t) => {
    const clip = JSON.parse(readFileSync(join(first, 'clip.json'), 'utf8')) as ClipTruth;
    t.equal(clip.site.siteId, 'pho-mot-chieu-02');
    t.same(
      clip.violations.map((act) => act.rule),
      ['wrong-way', 'wrong-way'],
    );
    for (const act of clip.violations)
      t.ok(
        clip.vehicles.some((vehicle) => vehicle.plate === act.plate),
        `${act.plate} is registered`,
      );
  });
});
