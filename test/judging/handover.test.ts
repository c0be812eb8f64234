import t from 'tap';
import type { SeenFrame } from '../../src/judging/frame.js';
import { judgeFrames } from '../../src/judging/replay.js';
import { makeScene, observedFrame } from '../../src/twin/behaviour/index.js';

const scene = makeScene({ site: 'expressway', seed: 11, roles: ['drives-emergency-lane'], plain: 0 });
const [front, rear] = Object.keys(scene.site.optics) as [string, string];
const frames = Array.from({ length: scene.frames }, (_, i) =>
  [front, rear].map((camera) => observedFrame(scene, camera, i)),
).flat();

/** A second box on it in its first pictures, as headlamps make one on a wet road: nearer by a part of its height, without a plate. */
function doubled(times: number, by: number): SeenFrame[] {
  let left = times;
  return frames.map((frame) => {
    const [one] = frame.observations;
    if (frame.cameraId !== front || one === undefined || left === 0) return frame;
    left -= 1;
    const [x0, y0, x1, y1] = one.box;
    const down = (y1 - y0) * by;
    const ghost = { ...one, idx: 1, plate: null, box: [x0, y0 + down, x1, y1 + down] as const };
    return { ...frame, observations: [...frame.observations, ghost] };
  });
}

t.test('a second box that vanished in full view does not take the way on into the next camera', (t) => {
  const told = (seen: readonly SeenFrame[]) =>
    judgeFrames(seen, scene.site.site).flatMap(({ passage, findings }) =>
      findings
        .filter(({ rule }) => rule === 'emergency-lane')
        .map(() => [...new Set(passage.points.map(({ cameraId }) => cameraId))]),
    );
  t.strictSame(told(frames), [[front, rear]], 'one act, seen by both cameras');
  for (const by of [0.3, 0.5, 0.7, 0.9, 1.1])
    for (const times of [3, 5, 8])
      t.strictSame(told(doubled(times, by)), [[front, rear]], `${times} pictures, ${by}`);
  t.end();
});
