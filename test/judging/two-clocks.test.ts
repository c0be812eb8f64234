import t from 'tap';
import type { SeenFrame } from '../../src/judging/frame.js';
import { judgeFrames } from '../../src/judging/replay.js';
import { lampsAfter, lampsFor } from '../../src/judging/tracking/lamps.js';
import { makeScene, type Scene } from '../../src/twin/behaviour/index.js';
import { twinSites } from '../../src/twin/sites/index.js';
import { outcome } from './drawn-passage.js';
import { framesOf } from './push-scene.js';

/** All frames of a clip, its second camera's clock so many milliseconds fast. */
const skewed = (scene: Scene, ms: number): SeenFrame[] =>
  framesOf(scene).map((frame) =>
    frame.cameraId === scene.site.site.cameras[0]!.id
      ? frame
      : { ...frame, at: frame.at + ms, clockOffsetMs: frame.clockOffsetMs + ms },
  );
const accused = (scene: Scene, ms: number): string[] =>
  judgeFrames(skewed(scene, ms), scene.site.site).flatMap((one) => one.findings.map(({ rule }) => rule));

t.test('the lamp that one camera sees is not red for a picture of another whose clock is fast', (t) => {
  for (const role of ['crosses-on-amber', 'tail-under-red'])
    for (const seed of [1, 2, 3]) {
      const scene = makeScene({ site: 'junction', seed, roles: [role, role, role], plain: 0 });
      for (const ms of [0, 1000, 1900]) t.same(accused(scene, ms), [], `${role} ${seed}, ${ms} ms`);
    }
  t.end();
});

t.test('clocks that agree as well as frames and lamps do are one clock', (t) => {
  const scene = makeScene({ site: 'junction', seed: 2, roles: ['runs-red', 'runs-red'], plain: 0 });
  t.ok(scene.truth.violations.length > 0);
  t.equal(accused(scene, 0).length, scene.truth.violations.length);
  t.ok(accused(scene, 100).length >= scene.truth.violations.length);
  t.end();
});

t.test('a lamp says by how much its clock differs', (t) => {
  const [{ id: signal } = { id: '' }] = twinSites.junction.site.signals;
  const frame = (clockOffsetMs: number, shows: boolean): SeenFrame => ({
    id: `f${clockOffsetMs}`,
    cameraId: `c${clockOffsetMs}`,
    at: 1000,
    sequence: 1,
    clockOffsetMs,
    observations: [],
    lamps: shows ? [{ signal, state: 'red', score: 0.9 }] : [],
    claims: {},
  });
  const lamps = lampsAfter({}, frame(20, true));
  t.same(lampsFor(lamps, frame(20, true)), { [signal]: { state: 'red', since: 1000, here: true } });
  t.match(lampsFor(lamps, frame(-1480, false)), { [signal]: { here: true, clocksApart: 1500 } });
  t.end();
});

t.test('a way that two cameras saw by clocks that differ accuses nobody', (t) => {
  const { site } = twinSites.expressway;
  const [first, second] = site.cameras.map(({ id }) => id);
  const drives = (offsets: (frame: number) => number) =>
    outcome(
      {
        site,
        centres: Array.from({ length: 30 }, (_, i) => [-3.7, 60 - i * 2] as const),
        lane: 'lan-khan-cap',
        camera: (frame) => (frame < 15 ? first! : second!),
        clockOffsetMs: offsets,
      },
      'emergency-lane',
    );
  const of = (found: ReturnType<typeof drives>) => (found.fired ? found.lawCode : found.reason);
  t.equal(of(drives(() => 40)), 'CAR_EXPW_EMERGENCY_LANE');
  t.equal(of(drives((frame) => (frame < 15 ? 0 : 900))), 'clocks-agree');
  t.equal(of(drives((frame) => (frame < 15 ? -900 : 900))), 'clocks-agree');
  t.equal(
    of(drives((frame) => (frame === 20 ? -30 : frame < 15 ? -10 : -1500))),
    'CAR_EXPW_EMERGENCY_LANE',
    'pushes that took long are no slow clock',
  );
  t.end();
});
