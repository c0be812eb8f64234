import fc from 'fast-check';
import t from 'tap';
import {
  apply,
  calibrate,
  crossing,
  depthInside,
  drawSite,
  laneAt,
  viewOf,
  within,
} from '../../src/sites/index.js';
import { twinSites } from '../../src/twin/sites/index.js';
import { lensOf } from '../../src/twin/behaviour/optics.js';

t.test('a calibration maps known points back, and says how well', (t) => {
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.double({ min: -6, max: 6, noNaN: true }), fc.double({ min: 20, max: 70, noNaN: true })),
        { minLength: 0, maxLength: 8 },
      ),
      (more) => {
        const lens = lensOf(twinSites.expressway.optics['ct20-truoc']!);
        const road = [[-5, 20], [5, 22], [-5, 60], [5, 55], ...more] as [number, number][];
        const points = road.map((at) => ({
          road: at,
          image: lens.project(at[0], at[1], 0)!.slice(0, 2) as [number, number],
        }));
        const { toRoad, toImage, errorMetres } = calibrate(points);
        const there = apply(toRoad, ...apply(toImage, 1, 33));
        return errorMetres.max < 1e-4 && Math.hypot(there[0] - 1, there[1] - 33) < 1e-6;
      },
    ),
    { numRuns: 40 },
  );
  t.throws(
    () =>
      calibrate(
        [
          [0, 0],
          [1, 1],
          [2, 2],
          [3, 3],
        ].map(([x, y]) => ({ image: [x!, y!] as [number, number], road: [x!, y!] as [number, number] })),
      ),
    { code: 'CALIBRATION_DEGENERATE' },
  );
  t.end();
});

t.test('the lens is found from the calibration alone', (t) => {
  for (const twin of Object.values(twinSites)) {
    for (const camera of twin.site.cameras) {
      const view = viewOf(camera);
      const [x, y, z] = twin.optics[camera.id]!.position;
      t.ok(
        view.lens !== null && Math.hypot(view.lens[0] - x, view.lens[1] - y, view.lens[2] - z) < 0.3,
        camera.id,
      );
      t.ok(view.calibration.errorMetres.max < 0.05);
      const { svg, labels } = drawSite(twin.site, camera.id);
      t.match(svg, /<polygon/);
      const { width, height } = camera.image;
      for (const { text, at } of labels)
        t.ok(at[0] >= 0 && at[0] <= width && at[1] >= 0 && at[1] <= height + 30, `${text} can be read`);
    }
  }
  t.ok(viewOf(twinSites.expressway.site.cameras[0]!).sees(0, 40));
  t.notOk(viewOf(twinSites.expressway.site.cameras[0]!).sees(0, -40), 'what is behind the lens is not seen');
  t.end();
});

t.test('lanes, depths and crossings', (t) => {
  const { site } = twinSites.expressway;
  t.equal(laneAt(site, [-3, 30])?.id, 'lan-khan-cap');
  t.equal(laneAt(site, [60, 30]), null);
  t.equal(
    depthInside(
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
      ],
      [1, 2],
    ),
    1,
  );
  t.equal(
    depthInside(
      [
        [0, 0],
        [4, 0],
        [4, 4],
        [0, 4],
      ],
      [-2, 2],
    ),
    -2,
  );
  t.equal(crossing([0, 0], [0, 10], [-1, 5], [3, 5]), 0.25);
  t.equal(crossing([0, 0], [0, 10], [-1, 15], [3, 15]), null, 'beyond its end');
  t.equal(crossing([0, 0], [0, 10], [1, 5], [3, 5]), null, 'on one side');
  t.end();
});

t.test('hours are those of Hà Nội', (t) => {
  const at = (text: string): number => Date.parse(`2026-11-20T${text}:00+07:00`);
  t.ok(within(undefined, at('03:00')));
  t.ok(within([{ from: '06:00', to: '09:00' }], at('06:00')));
  t.notOk(within([{ from: '06:00', to: '09:00' }], at('09:00')));
  t.ok(within([{ from: '22:00', to: '05:00' }], at('23:30')));
  t.ok(within([{ from: '22:00', to: '05:00', days: [4] }], at('04:59')), 'Thursday night lasts into Friday');
  t.notOk(within([{ from: '22:00', to: '05:00', days: [5] }], at('04:59')));
  t.ok(within([{ from: '06:00', to: '24:00', days: [5] }], at('23:59')));
  t.end();
});
