import fc from 'fast-check';
import t from 'tap';
import { layOut, tileSize } from '../../src/vision/atlas.js';
import { covered, overlap } from '../../src/vision/boxes.js';
import { worthReading } from '../../src/vision/candidates.js';
import { chooseLooks, mergePlates } from '../../src/vision/looks.js';
import type { Box } from '../../src/vision/observation.js';
import type { Detection } from '../../src/vision/peaks.js';
import type { Raster } from '../../src/vision/raster.js';
import { insideArea, nearArea } from '../../src/vision/reading-area.js';

const noise = (width: number, height: number): Raster => ({
  width,
  height,
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919) % 251),
});
const full: Raster = { width: 1920, height: 1080, data: new Uint8Array(0) };
const seen = (kind: Detection['kind'], box: Box, score = 0.8): Detection => ({ kind, box, score });
const wishes = { step: 32 };

t.test('second looks keep to their budget and stay in the frame', async (t) => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 1800 }), fc.integer({ min: 0, max: 1000 }));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(corner, fc.integer({ min: 20, max: 700 })), { maxLength: 40 }),
      (places) => {
        const vehicles = places.map(([[x, y], w]) =>
          seen('car', [x, y, Math.min(1920, x + w), Math.min(1080, y + w)]),
        );
        const looks = chooseLooks(full, { vehicles, plates: [], scale: 1 / 3 }, [], wishes);
        const tiles = looks.map((one) => tileSize(one, 32));
        return (
          tiles.reduce((sum, { width, height }) => sum + width * height, 0) <= 240_000 &&
          looks.every(({ part }) => covered(part, [0, 0, 1920, 1080]) > 0.999)
        );
      },
    ),
  );
  t.pass();
});

t.test('a second look is taken only where it can find a plate to read', async (t) => {
  const looksFor = (first: { vehicles?: Detection[]; plates?: Detection[]; scale?: number }, area?: Box) =>
    chooseLooks(full, { vehicles: [], plates: [], scale: 1 / 3, ...first }, [], {
      ...wishes,
      readingArea: area && [[area[0], area[1]], [area[2], area[1]], [area[2], area[3]], [area[0], area[3]]], // prettier-ignore
    }).length;
  const car = seen('car', [100, 100, 400, 300]);
  t.equal(looksFor({ vehicles: [car] }), 1);
  t.equal(looksFor({ vehicles: [car], scale: 1 }), 0, 'the first look saw everything');
  t.equal(looksFor({ vehicles: [seen('car', [100, 100, 180, 160])] }), 0, 'too far away');
  t.equal(looksFor({ vehicles: [seen('motorcycle', [100, 100, 160, 260])] }), 1, 'but narrower ones are');
  t.equal(looksFor({ vehicles: [car], plates: [seen('plate', [200, 200, 360, 270])] }), 0, 'large and sure');
  t.equal(looksFor({ vehicles: [car] }, [500, 0, 900, 900]), 0, 'outside the reading area');
  t.equal(looksFor({ vehicles: [car] }, [390, 0, 900, 900]), 1, 'partly inside');
});

t.test('what is too small to be read, or not shaped like a plate, is not', async (t) => {
  const read = (box: Box): boolean => worthReading([seen('plate', box)], [], 10.5, undefined).length === 1;
  t.ok(read([0, 0, 45, 10]));
  t.ok(read([0, 0, 24, 14]), 'two rows in 14 px');
  t.ok(read([0, 0, 24, 12]), 'two rows of 6 px: of 7, boxed a little low');
  t.notOk(read([0, 0, 28, 5.5]), 'one row of 5.5 px');
  t.notOk(read([0, 0, 22, 11]), 'two rows of 5.5 px');
  t.ok(read([0, 0, 30, 20]));
  t.notOk(read([0, 0, 30, 60]), 'on end');
  t.notOk(read([0, 0, 30, 0]), 'flat');
});

t.test('of a vehicle two plates are read at most', async (t) => {
  const plates = [0, 1, 2].map((i) => seen('plate', [100, 100 + i * 30, 160, 125 + i * 30], 0.9 - i / 10));
  t.same(worthReading(plates, [seen('car', [50, 50, 400, 300])], 10.5, undefined), plates.slice(0, 2));
});

t.test('of two boxes of one plate the finer stays, with the better score', async (t) => {
  const coarse: Detection = { kind: 'plate', box: [100, 100, 160, 120], score: 0.9 };
  const fine: Detection = { kind: 'plate', box: [103, 101, 158, 117], score: 0.6 };
  t.same(mergePlates([coarse], [fine], 0.3), [{ ...fine, score: 0.9 }]);
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

t.test('a first look is as wide as the manifest says, whatever the width of the frame', async (t) => {
  for (let width = 640; width <= 5120; width++) {
    const tile = tileSize({ part: [0, 0, width, 360], scale: 736 / width }, 32);
    if (tile.width !== 736) t.fail(`${width} px wide becomes ${tile.width}`);
  }
  const frame = noise(2688, 20);
  t.equal(layOut(frame, [{ part: [0, 0, 2688, 20], scale: 736 / 2688 }], 32).width, 736);
});

t.test('the reading area is an outline, not a box', async (t) => {
  const triangle = [[0, 0], [100, 0], [0, 100]] as const; // prettier-ignore
  t.ok(insideArea([10, 10, 20, 20], triangle));
  t.notOk(insideArea([80, 80, 90, 90], triangle));
  t.ok(insideArea([80, 80, 90, 90], undefined));
  t.ok(nearArea([80, 80, 90, 90], triangle), 'cannot be ruled out by its bounds');
  t.notOk(nearArea([101, 0, 200, 50], triangle));
});

t.test('a small picture that the first look enlarged is looked at once more as it is', (t) => {
  const small: Raster = { width: 400, height: 300, data: new Uint8Array(0) };
  const first = { vehicles: [], plates: [seen('plate', [100, 80, 260, 200])] };
  t.strictSame(chooseLooks(small, { ...first, scale: 1.84 }, [], wishes), [
    { part: [0, 0, 400, 300], scale: 1 },
  ]);
  t.strictSame(chooseLooks(small, { ...first, scale: 1 }, [], wishes), []);
  t.end();
});
