import t from 'tap';
import type { SeenFrame } from '../../src/judging/frame.js';
import { lampsAfter, withSignalsOf } from '../../src/judging/tracking/lamps.js';
import { twinSites } from '../../src/twin/sites/index.js';

const { site } = twinSites.junction;
const [{ id: known } = { id: '' }] = site.signals;
const frame = (at: number, ...signals: string[]): SeenFrame => ({
  id: `f${at}`,
  cameraId: site.cameras[0]!.id,
  at,
  sequence: at,
  clockOffsetMs: 0,
  observations: [],
  lamps: signals.map((signal) => ({ signal, state: 'red', score: 0.9 })),
  claims: { signals: signals.map((signal) => ({ signal, state: 'red' })) },
});

t.test('signals that the site does not have are left out', (t) => {
  const all = frame(1, known, 'elsewhere');
  t.same(withSignalsOf(site, all), frame(1, known));
  const ours = frame(1, known);
  t.equal(withSignalsOf(site, ours), ours);
  t.end();
});

t.test('nothing is remembered of a signal that nobody has spoken of for a while', (t) => {
  let lamps = {};
  for (let at = 0; at < 100; at++) lamps = lampsAfter(lamps, frame(at * 1000, `name-${at}`));
  t.ok(Object.keys(lamps).length <= 3, `${Object.keys(lamps).length} names`);
  t.match(lampsAfter(lampsAfter({}, frame(0, known)), frame(2900, known)), { [known]: { since: 0 } });
  t.match(lampsAfter(lampsAfter({}, frame(0, known)), frame(3100, known)), { [known]: { since: 3100 } });
  t.end();
});
