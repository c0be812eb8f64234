import fc from 'fast-check';
import t from 'tap';
import { layOut } from '../../src/vision/atlas.js';
import { associate } from '../../src/vision/associate.js';
import { covered, overlap, suppress } from '../../src/vision/boxes.js';
import { chooseLooks, mergePlates } from '../../src/vision/looks.js';
import type { Box } from '../../src/vision/observation.js';
import type { Detection } from '../../src/vision/peaks.js';
import type { Raster } from '../../src/vision/raster.js';
import { insideArea } from '../../src/vision/reading-area.js';
import { draw, stretch } from '../../src/vision/resample.js';

const side = fc.integer({ min: 0, max: 400 });
const box: fc.Arbitrary<Box> = fc
  .tuple(side, side, fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }))
  .map(([x, y, w, h]) => [x, y, x + w, y + h]);

const noise = (width: number, height: number): Raster => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251),
});

t.test('what is kept does not overlap, and what is dropped overlaps something better', async (t) => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 30 }), (boxes) => {
      const found = boxes.map((one) => ({ box: one }));
      const kept = suppress(found, 0.5);
      const apart = kept.every((a, i) => kept.slice(i + 1).every((b) => overlap(a.box, b.box) <= 0.5));
      return apart && found.every((one) => kept.some((k) => k === one || overlap(k.box, one.box) > 0.5));
    }),
  );
  t.pass();
});

t.test('no plate belongs to two vehicles and no vehicle has two plates', async (t) => {
  fc.assert(
    fc.property(fc.array(box, { maxLength: 12 }), fc.array(box, { maxLength: 12 }), (vehicles, plates) => {
      const given = associate(vehicles, plates).filter((plate) => plate >= 0);
      return new Set(given).size === given.length;
    }),
  );
  t.same(associate([[0, 0, 400, 300]], [[500, 10, 540, 30]]), [-1], 'a plate outside is a stray');
});

t.test('a motorcycle in front of a car has its own plate, and the car keeps its own', async (t) => {
  const car: Box = [100, 100, 500, 400];
  const motorcycle: Box = [240, 180, 360, 420];
  const carPlate: Box = [250, 330, 350, 355];
  const motorcyclePlate: Box = [286, 362, 316, 384];
  t.same(associate([car, motorcycle], [motorcyclePlate, carPlate]), [1, 0]);
});

t.test('second looks keep to their budget and stay in the frame', async (t) => {
  const frame = noise(1920, 4);
  const tall: Raster = { ...frame, height: 1080 };
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(
          fc.integer({ min: 0, max: 1800 }),
          fc.integer({ min: 0, max: 1000 }),
          fc.integer({ min: 20, max: 700 }),
        ),
        { maxLength: 40 },
      ),
      (seen) => {
        const vehicles: Detection[] = seen.map(([x, y, w]) => ({
          kind: 'car',
          score: 0.8,
          box: [x, y, Math.min(1920, x + w), Math.min(1080, y + w)],
        }));
        const looks = chooseLooks(tall, vehicles, [], [], 1 / 3);
        const cost = looks.reduce(
          (sum, { part, scale }) => sum + (part[2] - part[0]) * (part[3] - part[1]) * scale * scale,
          0,
        );
        return cost <= 260_000 && looks.every(({ part }) => covered(part, [0, 0, 1920, 1080]) > 0.999);
      },
    ),
  );
  t.same(chooseLooks(tall, [], [], [], 1), [], 'none where the first look saw everything');
});

t.test('of two boxes of one plate the finer stays, with the better score', async (t) => {
  const coarse: Detection = { kind: 'plate', box: [100, 100, 160, 120], score: 0.9 };
  const fine: Detection = { kind: 'plate', box: [103, 101, 158, 117], score: 0.6 };
  t.same(mergePlates([coarse], [fine], 0.3), [{ ...fine, score: 0.9 }]);
});

t.test('resampling keeps a flat colour, whatever the part and the size', async (t) => {
  const flat: Raster = { width: 50, height: 40, data: new Uint8Array(50 * 40 * 3).fill(137) };
  fc.assert(
    fc.property(
      box,
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 90 }),
      (part, width, height) =>
        stretch(flat, part, width, height).every((value) => Math.abs(value - 137) <= 1),
    ),
  );
  const canvas = new Uint8Array(32 * 32 * 3);
  draw(flat, [0, 0, 50, 40], { canvas, stride: 32, left: 4, top: 2, width: 20, height: 16 });
  t.equal(
    canvas.filter((value) => value === 137).length,
    20 * 16 * 3,
    'its place is filled, and nothing beyond it',
  );
  t.equal(canvas[(2 * 32 + 4) * 3], 137);
  t.equal(canvas[(2 * 32 + 3) * 3], 0);
});

t.test('looks lie beside each other on whole steps, each with its own pixels', async (t) => {
  const frame = noise(640, 360);
  const looks = [
    { part: [0, 0, 100, 90] as const, scale: 1 },
    { part: [300, 100, 460, 220] as const, scale: 1 },
    { part: [200, 50, 600, 350] as const, scale: 0.5 },
  ];
  const atlas = layOut(frame, looks, 32);
  t.same([atlas.width % 32, atlas.height % 32, atlas.tiles.length], [0, 0, 3]);
  for (const [i, tile] of atlas.tiles.entries()) {
    const box: Box = [tile.left, tile.top, tile.left + tile.width, tile.top + tile.height];
    t.ok(covered(box, [0, 0, atlas.width, atlas.height]) === 1);
    for (const other of atlas.tiles.slice(i + 1)) {
      t.equal(overlap(box, [other.left, other.top, other.left + other.width, other.top + other.height]), 0);
    }
    if (tile.scale !== 1) continue;
    const [x, y] = tile.part;
    const from = (tile.top * atlas.width + tile.left) * 3;
    const there = (y * frame.width + x) * 3;
    t.same(atlas.bytes.subarray(from, from + 96), frame.data.subarray(there, there + 96));
  }
});

t.test('a part at its own size comes out as it is', async (t) => {
  const picture = noise(30, 20);
  t.same(stretch(picture, [0, 0, 30, 20], 30, 20), picture.data);
});

t.test('the reading area is an outline, not a box', async (t) => {
  const triangle = [[0, 0], [100, 0], [0, 100]] as const; // prettier-ignore
  t.ok(insideArea([10, 10, 20, 20], triangle));
  t.notOk(insideArea([80, 80, 90, 90], triangle));
  t.ok(insideArea([80, 80, 90, 90], undefined));
});
