import fc from 'fast-check';
import t from 'tap';
import { associate } from '../../src/vision/associate.js';
import { overlap, suppress } from '../../src/vision/boxes.js';
import type { Box } from '../../src/vision/observation.js';
import type { Raster } from '../../src/vision/raster.js';
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

t.test('a part at its own size comes out as it is', async (t) => {
  const picture = noise(30, 20);
  t.same(stretch(picture, [0, 0, 30, 20], 30, 20), picture.data);
});

t.test('four pixels taken as words give the same mean as byte by byte, up to the last corner', async (t) => {
  const picture = noise(37, 23);
  for (const [x0, y0, width, height] of [
    [0, 0, 18, 11],
    [1, 2, 12, 7],
    [0, 0, 37, 23],
    [4, 0, 11, 23],
  ] as const) {
    const part: Box = [x0, y0, 37, 23];
    const canvas = new Uint8Array(40 * 30 * 3);
    draw(picture, part, { canvas, stride: 40, left: 40 - width, top: 30 - height, width, height });
    const at = (from: number, size: number, i: number, share: number): number =>
      Math.floor(from + ((i + share) * (size - from)) / (size === 37 ? width : height));
    const source = (x: number, y: number, byte: number): number => picture.data[(y * 37 + x) * 3 + byte]!;
    const whole = width === 37 && height === 23;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let byte = 0; byte < 3; byte++) {
          const four = [0.25, 0.75].flatMap((v) =>
            [0.25, 0.75].map((u) => source(at(x0, 37, x, u), at(y0, 23, y, v), byte)),
          );
          const mean = whole ? source(x, y, byte) : (four.reduce((a, b) => a + b, 2) >> 2); // prettier-ignore
          const o = ((30 - height + y) * 40 + 40 - width + x) * 3 + byte;
          if (canvas[o] !== mean) t.fail(`${part.join()} at ${x}, ${y}: ${canvas[o]} for ${mean}`);
        }
      }
    }
  }
  t.pass();
});
