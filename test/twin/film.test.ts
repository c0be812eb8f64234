import t from 'tap';
import { Film } from '../../src/twin/film.js';

const SIZE = { width: 64, height: 48 };
const CLEAR = { noise: 0, haze: [0.7, 0.7, 0.7] } as const;
/** A still whose lower edge is dark and whose upper edge is bright. */
const still = Buffer.from(
  Array.from({ length: SIZE.width * SIZE.height }, (_, i) => {
    const shade = 40 + 4 * Math.floor(i / SIZE.width);
    return [shade, shade, shade, 255];
  }).flat(),
);

t.test('without grain the still picture comes out upright', (t) => {
  const picture = new Film(SIZE, still, CLEAR, 1, 'dry').develop(0, [], Buffer.alloc(0));
  t.equal(picture.length, SIZE.width * SIZE.height * 3);
  t.same([...picture.subarray(0, 3)], [228, 228, 228], 'bright above');
  t.same([...picture.subarray(-3)], [40, 40, 40], 'dark below');
  t.end();
});

t.test('what moves lies where it was drawn, and is gone in the next frame', (t) => {
  const film = new Film(SIZE, still, CLEAR, 1, 'dry');
  const red = Buffer.from(Array.from({ length: 6 }, () => [200, 10, 10, 255]).flat());
  const picture = film.develop(0, [{ x: 5, y: 1, width: 3, height: 2 }], red);
  const at = (x: number, fromBelow: number) => {
    const i = ((SIZE.height - 1 - fromBelow) * SIZE.width + x) * 3;
    return [...picture.subarray(i, i + 3)];
  };
  t.same(at(5, 1), [200, 10, 10]);
  t.same(at(7, 2), [200, 10, 10]);
  t.same(at(8, 2), [48, 48, 48], 'beside it the road');
  t.same(at(5, 3), [52, 52, 52], 'above it the road');
  t.ok(film.develop(1, [], Buffer.alloc(0)).equals(film.develop(2, [], Buffer.alloc(0))));
  t.end();
});

t.test('grain differs from frame to frame and is the same for the same frame', (t) => {
  const film = new Film(SIZE, still, { ...CLEAR, noise: 3 }, 1, 'dry');
  const again = new Film(SIZE, still, { ...CLEAR, noise: 3 }, 1, 'dry');
  const first = film.develop(0, [], Buffer.alloc(0));
  t.notOk(first.equals(film.develop(1, [], Buffer.alloc(0))));
  t.ok(first.equals(again.develop(0, [], Buffer.alloc(0))));
  const plain = new Film(SIZE, still, CLEAR, 1, 'dry').develop(0, [], Buffer.alloc(0));
  const error = first.reduce((sum, value, i) => sum + value - plain[i]!, 0) / first.length;
  t.ok(Math.abs(error) < 0.5, 'and does not brighten the picture');
  t.end();
});

t.test('rain falls, the same for the same frame', (t) => {
  const dry = new Film(SIZE, still, CLEAR, 1, 'dry').develop(3, [], Buffer.alloc(0));
  const wet = () => new Film(SIZE, still, CLEAR, 1, 'rain').develop(3, [], Buffer.alloc(0));
  t.notOk(wet().equals(dry));
  t.ok(wet().equals(wet()));
  t.end();
});

t.test('a still of another size is refused', (t) => {
  t.throws(() => new Film({ width: 10, height: 10 }, still, CLEAR, 1, 'dry'), RangeError);
  t.end();
});
