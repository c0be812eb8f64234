import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import t from 'tap';
import { makeScene, openClip } from '../../src/twin/behaviour/index.js';
import { writeClip } from '../../src/twin/clip.js';
import { chromiumPath, startRenderer, type Renderer } from '../../src/twin/renderer.js';
import type { ClipTruth, FrameTruth } from '../../src/twin/truth.js';

const noBrowser =
  chromiumPath() === null ? 'no Chromium on this machine: install it or set CHROMIUM_PATH' : false;
const SIZE = { width: 480, height: 270 };
const scene = makeScene({ site: 'street', seed: 64, roles: ['rides-against', 'car-against'], plain: 14 });

const PICTURES = ['00150.jpg', '00152.jpg', '00190.jpg'];
const FILES = [...PICTURES, 'truth.jsonl', 'frames.jsonl', 'clip.json'];

/** The graphics processes of browsers that this process has started. */
function graphicsProcesses(): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    try {
      if (/^\d+$/.test(name))
        parents.set(
          Number(name),
          Number(readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]!.split(' ')[1]),
        );
    } catch {
      // Gone since the listing.
    }
  }
  const mine = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === process.pid || mine(parents.get(pid)));
  return [...parents.keys()].filter((pid) => {
    if (!mine(pid)) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=gpu-process');
    } catch {
      return false;
    }
  });
}

/** The same three pictures in a folder of their own. */
async function draw(
  renderer: Renderer,
  root: string,
  name: string,
  only: readonly number[] = [150, 152, 190],
): Promise<string> {
  const out = join(root, name);
  await writeClip(renderer, {
    scene,
    cameras: ['pho02-truoc'],
    out,
    every: 1,
    only,
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

  t.test('is the same in any order of its frames, byte for byte', async (t) => {
    const second = await draw(renderer, root, 'second', [190, 152, 150]);
    for (const file of PICTURES)
      t.ok(readFileSync(join(first, file)).equals(readFileSync(join(second, file))), file);
  });

  t.test('survives the loss of its graphics process', async (t) => {
    const doomed = graphicsProcesses();
    t.ok(doomed.length > 0);
    for (const pid of doomed) process.kill(pid, 'SIGKILL');
    const third = await draw(renderer, root, 'third');
    for (const file of FILES)
      t.ok(readFileSync(join(first, file)).equals(readFileSync(join(third, file))), file);
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

  t.test('may be all cameras of a site, each picture in its turn', async (t) => {
    const out = join(root, 'both');
    const cameras = ['pho02-truoc', 'pho02-sau'];
    const order = { scene, cameras, out, every: 1, only: [150, 152], size: SIZE, quality: 80 };
    const clip = await writeClip(renderer, order);
    t.same([clip.cameras, clip.frames], [cameras, 4]);
    const played = openClip(out).frames;
    t.same(
      played.map((frame) => [frame.file, frame.camera, frame.at]),
      [
        ['pho02-truoc-00150.jpg', 'pho02-truoc', 0],
        ['pho02-sau-00150.jpg', 'pho02-sau', 0],
        ['pho02-truoc-00152.jpg', 'pho02-truoc', 200],
        ['pho02-sau-00152.jpg', 'pho02-sau', 200],
      ],
    );
    t.ok(
      readFileSync(join(out, 'pho02-truoc-00150.jpg')).equals(readFileSync(join(first, '00150.jpg'))),
      'the same picture as alone',
    );
    t.ok(played.every((frame) => frame.seen.camera === frame.camera));
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

t.test('who is on duty wears a livery', { skip: noBrowser, timeout: 600_000 }, async (t) => {
  const root = mkdtempSync(join(tmpdir(), 'phat-nguoi-twin-'));
  const renderer = await startRenderer();
  t.teardown(async () => {
    await renderer.close();
    rmSync(root, { recursive: true, force: true });
  });
  const police = makeScene({ site: 'expressway', seed: 777, roles: ['police-against'], plain: 0 });
  const plain = { ...police, vehicles: police.vehicles.map(({ livery: _, ...vehicle }) => vehicle) };
  const bandOf = async (name: string, story: typeof police): Promise<number> => {
    const order = { scene: story, cameras: ['ct20-truoc'], out: join(root, name), every: 1, only: [170] };
    await writeClip(renderer, { ...order, size: { width: 1920, height: 1080 }, quality: 90 });
    const picture = sharp(join(root, name, '00170.jpg')).extract({
      left: 260,
      top: 400,
      width: 354,
      height: 385,
    });
    const pixels = await picture.raw().toBuffer();
    let blue = 0;
    for (let i = 0; i < pixels.length; i += 3)
      if (pixels[i + 2]! > 90 && pixels[i + 2]! > 1.8 * pixels[i]!) blue += 1;
    return blue;
  };
  const [worn, bare] = [await bandOf('worn', police), await bandOf('bare', plain)];
  t.ok(worn > bare + 1500, `a blue band: ${worn} pixels against ${bare}`);
});
