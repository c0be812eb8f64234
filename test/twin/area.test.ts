import fc from 'fast-check';
import t from 'tap';
import type { PictureArea } from '../../src/twin/picture-spec.js';
import { cover, grown, meet, split } from '../../src/twin/scene/area.js';

const WIDTH = 640;
const HEIGHT = 360;
const area = fc
  .tuple(
    fc.nat(WIDTH - 2),
    fc.nat(HEIGHT - 2),
    fc.integer({ min: 1, max: WIDTH }),
    fc.integer({ min: 1, max: HEIGHT }),
  )
  .map(([x, y, width, height]): PictureArea => ({
    x,
    y,
    width: Math.min(width, WIDTH - x),
    height: Math.min(height, HEIGHT - y),
  }));
const holds = (outer: PictureArea, inner: PictureArea): boolean =>
  outer.x <= inner.x &&
  outer.y <= inner.y &&
  outer.x + outer.width >= inner.x + inner.width &&
  outer.y + outer.height >= inner.y + inner.height;

t.test('rectangles that cover areas hold each of them', (t) => {
  fc.assert(
    fc.property(fc.array(area, { maxLength: 12 }), (areas) => {
      const covering = cover(areas);
      return (
        covering.length <= areas.length &&
        areas.every((one) => covering.some((rectangle) => holds(rectangle, one)))
      );
    }),
  );
  t.end();
});

t.test('areas far apart stay apart, areas that overlap become one', (t) => {
  const corner = { x: 0, y: 0, width: 100, height: 100 };
  t.equal(cover([corner, { ...corner, x: 500, y: 250 }]).length, 2);
  t.same(cover([corner, { ...corner, x: 50 }]), [{ x: 0, y: 0, width: 150, height: 100 }]);
  t.end();
});

t.test('the pieces of an area fill it, lie side by side and fit a tile', (t) => {
  fc.assert(
    fc.property(area, fc.integer({ min: 16, max: 300 }), (whole, side) => {
      const pieces = split(whole, side);
      const pixels = pieces.reduce((sum, piece) => sum + piece.width * piece.height, 0);
      return (
        pixels === whole.width * whole.height &&
        pieces.every((piece) => holds(whole, piece) && piece.width <= side && piece.height <= side) &&
        pieces.every((a, i) => pieces.every((b, k) => k === i || !meet(a, b)))
      );
    }),
  );
  t.end();
});

t.test('a margin stays in the picture', (t) => {
  fc.assert(
    fc.property(area, fc.nat(80), (one, margin) => {
      const wide = grown(one, margin, WIDTH, HEIGHT);
      return holds(wide, one) && holds({ x: 0, y: 0, width: WIDTH, height: HEIGHT }, wide);
    }),
  );
  t.end();
});
