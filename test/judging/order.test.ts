import fc from 'fast-check';
import t from 'tap';
import { canonical, judgeFrames, replayed } from '../../src/judging/replay.js';
import { judge, judgeRest } from '../../src/judging/judge.js';
import type { SeenFrame } from '../../src/judging/frame.js';
import { emptyState } from '../../src/judging/tracking/state.js';
import { makeScene, observedFrame } from '../../src/twin/behaviour/index.js';

const scene = makeScene({
  site: 'junction',
  seed: 4,
  roles: ['runs-red', 'crosses-on-amber'],
  plain: 1,
  seconds: 34,
});
const { site } = scene.site;
const frames: SeenFrame[] = Array.from({ length: scene.frames }, (_, i) => i)
  .flatMap((i) => Object.keys(scene.site.optics).map((camera) => observedFrame(scene, camera, i)))
  .filter((frame) => frame.observations.length > 0 || frame.sequence % 10 === 0);
const expected = canonical(judgeFrames(frames, site).map(replayed));

t.test('the clip holds what the tests speak of', (t) => {
  t.match(expected, /MOTO_RED_LIGHT|CAR_RED_LIGHT/);
  t.end();
});

t.test('the order in which frames arrive does not matter, nor that some arrive twice', (t) => {
  fc.assert(
    fc.property(
      fc.infiniteStream(fc.nat()),
      fc.array(fc.nat({ max: frames.length - 1 }), { maxLength: 40 }),
      (keys, again) => {
        const shuffled = [...frames, ...again.map((i) => frames[i]!)].map((frame) => ({
          frame,
          key: keys.next().value as number,
        }));
        shuffled.sort((a, b) => a.key - b.key);
        return (
          canonical(
            judgeFrames(
              shuffled.map((one) => one.frame),
              site,
            ).map(replayed),
          ) === expected
        );
      },
    ),
    { numRuns: 5 },
  );
  t.end();
});

t.test('the state may be written and read between any two frames', (t) => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: frames.length - 1 }), { minLength: 1, maxLength: 12 }),
      (cuts) => {
        const ends = [...new Set(cuts)].sort((a, b) => a - b);
        let state = emptyState(site.siteId);
        const judged = [];
        for (const end of [...ends, frames.length]) {
          const until = frames[end - 1]!.at;
          const step = judge(
            state,
            frames.filter((frame) => frame.at > state.watermark && frame.at <= until),
            site,
            until,
          );
          judged.push(...step.judged);
          state = JSON.parse(JSON.stringify(step.state)) as typeof state;
        }
        judged.push(...judgeRest(state, site).judged);
        return canonical(judged.map(replayed)) === expected;
      },
    ),
    { numRuns: 8 },
  );
  t.end();
});

t.test('a frame behind the watermark is late and changes nothing', (t) => {
  const half = frames[Math.floor(frames.length / 2)]!.at;
  const first = judge(emptyState(site.siteId), frames, site, half);
  const again = judge(first.state, frames.slice(0, 20), site, half);
  t.equal(again.late.length, 20);
  t.equal(canonical(again.state), canonical(first.state));
  t.equal(again.judged.length, 0);
  t.end();
});

t.test('a gap of two seconds and dropped frames do not split a passage', (t) => {
  const run = makeScene({ site: 'expressway', seed: 9, roles: ['speeds'], plain: 0 });
  const all = Array.from({ length: run.frames }, (_, i) => i).flatMap((i) =>
    Object.keys(run.site.optics).map((camera) => observedFrame(run, camera, i)),
  );
  const seen = all.filter((frame) => frame.observations.length > 0);
  const middle = seen.filter((frame) => frame.cameraId === 'ct20-sau')[3]!.at;
  const broken = all.filter((frame, i) => i % 4 !== 1 && (frame.at <= middle || frame.at > middle + 2000));
  t.equal(judgeFrames(broken, run.site.site).length, 1);
  t.end();
});

t.test(
  'hidden beside a bus until it has left the picture, it is the same vehicle before the next camera',
  (t) => {
    const run = makeScene({ site: 'street', seed: 5, roles: ['motorcycle-in-the-car-lane'], plain: 0 });
    const all = Array.from({ length: run.frames }, (_, i) => i).flatMap((i) =>
      Object.keys(run.site.optics).map((camera) => observedFrame(run, camera, i)),
    );
    // The bus stands between from where the motorcycle is still well in the first picture.
    const shown = all.map((frame) =>
      frame.cameraId === 'pho02-truoc'
        ? { ...frame, observations: frame.observations.filter((one) => one.box[3] < 900) }
        : frame,
    );
    const judged = judgeFrames(shown, run.site.site);
    t.equal(judged.length, 1, 'one passage');
    t.same(
      judged.flatMap(({ findings }) => findings.map((finding) => finding.rule)),
      ['wrong-lane'],
      'and one act',
    );
    t.end();
  },
);
