import fc from 'fast-check';
import t from 'tap';
import { mayBeOne, type Way } from '../../src/registry/one-vehicle.js';

/** Going straight on along y, ten looks a second. */
const going = (
  kind: string,
  from: { at: number; y: number; x?: number },
  speed: number,
  looks = 20,
): Way => ({
  kind,
  steps: Array.from({ length: looks }, (_, i) => ({
    at: from.at + i * 100,
    road: [from.x ?? 0, from.y + (speed * i) / 10],
    speed,
  })),
});
const endOf = (way: Way) => way.steps.at(-1)!;

t.test('who is lost from sight and goes on as it went is found again', async () => {
  fc.assert(
    fc.property(
      fc.constantFrom('car', 'truck', 'motorcycle'),
      fc.double({ min: 0, max: 35, noNaN: true }),
      fc.integer({ min: 0, max: 15_000 }),
      (kind, speed, gap) => {
        const before = going(kind, { at: 0, y: 0 }, speed);
        const { at, road } = endOf(before);
        return mayBeOne(before, going(kind, { at: at + gap, y: road[1] + (speed * gap) / 1000 }, speed));
      },
    ),
  );
});

t.test(
  'two that are on the road together are two, and so are those that one vehicle cannot be',
  async (t) => {
    const before = going('truck', { at: 0, y: 0 }, 10);
    const next = (more: { at?: number; y?: number; x?: number }, kind = 'car', speed = 10) =>
      mayBeOne(before, going(kind, { at: 3900, y: 39, ...more }, speed));
    t.ok(next({}), 'taken for a car by the second camera');
    t.notOk(next({ at: 1800, y: 19 }), 'seen together');
    t.notOk(next({ at: 20_000, y: 200 }), 'too long ago');
    t.notOk(next({ y: 75 }), 'farther than it can have come');
    t.notOk(next({ y: 20 }), 'not as far as it must have come');
    t.notOk(next({ x: 4 }), 'in the next lane');
    t.notOk(next({}, 'motorcycle'), 'a motorcycle is no lorry');
    t.notOk(next({}, 'car', -10), 'coming the other way');
    t.notOk(mayBeOne({ kind: 'car', steps: [] }, before), 'nothing is known of its way');
  },
);

t.test('what slowed down at the rim of the picture may have gone on as fast as before', async (t) => {
  const before = going('truck', { at: 0, y: 0 }, 10);
  const slowed: Way = { ...before, steps: [...before.steps, { ...endOf(before), at: 2000, speed: 2 }] };
  t.ok(mayBeOne(slowed, going('truck', { at: 6300, y: 62 }, 8)));
  t.ok(mayBeOne(slowed, going('truck', { at: 6300, y: 30 }, 8)));
});
