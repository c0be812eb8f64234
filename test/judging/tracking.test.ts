import t from 'tap';
import type { SeenFrame } from '../../src/judging/frame.js';
import { judgeFrames } from '../../src/judging/replay.js';
import { makeScene, observedFrame } from '../../src/twin/behaviour/index.js';

const scene = makeScene({ site: 'street', seed: 5, roles: ['just-over-in-town'], plain: 0 });
const { site } = scene.site;
const [camera] = Object.keys(scene.site.optics);
const sure = Array.from({ length: scene.frames }, (_, i) => observedFrame(scene, camera!, i)).filter(
  (frame) => frame.observations.length > 0,
);

/** The same frames with the detector's scores as given. */
const scored = (score: (frame: number) => number): SeenFrame[] =>
  sure.map((frame, i) => ({
    ...frame,
    observations: frame.observations.map((one) => ({ ...one, score: score(i) })),
  }));

t.test('a vehicle is followed from where the detector saw it first, however unsure it was then', (t) => {
  const [plain] = judgeFrames(sure, site);
  const [late, ...others] = judgeFrames(
    scored((i) => (i < 12 ? 0.4 : 0.9)),
    site,
  );
  t.strictSame(others, []);
  t.equal(late!.passage.startedAt, plain!.passage.startedAt);
  t.equal(late!.passage.points.length, plain!.passage.points.length);
  t.end();
});

t.test('what the detector is never sure of is no vehicle', (t) => {
  t.strictSame(
    judgeFrames(
      scored(() => 0.45),
      site,
    ),
    [],
    'though it is seen for seconds',
  );
  t.strictSame(
    judgeFrames(
      scored((i) => (i === 8 ? 0.9 : 0.45)),
      site,
    ),
    [],
    'nor for one sure look',
  );
  t.end();
});

t.test("a large part of a vehicle tells its class even where the picture's rim cuts it", (t) => {
  const atTheRim = sure.map((frame) => ({
    ...frame,
    observations: frame.observations.map((one) => ({
      ...one,
      box: [one.box[0], 0, one.box[2], one.box[3]] as const,
    })),
  }));
  const [{ passage: whole } = { passage: null }] = judgeFrames(sure, site);
  const [{ passage: cut } = { passage: null }] = judgeFrames(atTheRim, site);
  t.strictSame(cut?.couldBe, [whole?.kind]);
  t.end();
});
