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
