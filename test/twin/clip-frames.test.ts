import { fileURLToPath } from 'node:url';
import t from 'tap';
import { clipFrame, openClip } from '../../src/twin/behaviour/index.js';

const clip = openClip(fileURLToPath(new URL('../../src/twin/clips/nut-giao', import.meta.url)));

t.test('a frame tells the lamps that its camera watches', (t) => {
  t.match(clipFrame(clip, 0).lamps, [{ signal: 'den-chinh', score: 0.95 }]);
  t.end();
});

t.test('a camera that sees only the back of a lamp does not know its colour', (t) => {
  const facing = { ...clip, frames: clip.frames.map((frame) => ({ ...frame, camera: 'nut01-truoc' })) };
  t.strictSame(clipFrame(facing, 0).lamps, []);
  t.end();
});

t.test('nobody reads a plate that is covered', (t) => {
  const plates = (state: 'clean' | 'covered'): number => {
    const frames = clip.frames.map((frame) => ({
      ...frame,
      seen: {
        ...frame.seen,
        vehicles: frame.seen.vehicles.map((one) => ({
          ...one,
          plate: one.plate === null ? null : { ...one.plate, state },
        })),
      },
    }));
    return clipFrame({ ...clip, frames }, 10).observations.filter((one) => one.plate !== null).length;
  };
  t.ok(plates('clean') > 0);
  t.equal(plates('covered'), 0);
  t.end();
});

t.test('a folder that holds no clip is said to hold none', (t) => {
  const folder = t.testdir({ 'clip.json': '{}', 'frames.jsonl': '', 'truth.jsonl': '' });
  t.throws(() => openClip(folder), { message: /phat-nguoi\/clip\/1/ });
  t.end();
});
