import t from 'tap';
import { outcomesOf } from '../../src/judging/judge.js';
import { reasoning, whyFired } from '../../src/judging/messages.js';
import type { Outcome } from '../../src/judging/finding.js';
import type { Passage } from '../../src/judging/passage.js';
import type { StopGround } from '../../src/law/index.js';
import type { SiteVersion, Zone } from '../../src/sites/index.js';
import { expressway } from '../../src/twin/sites/expressway.js';
import { junction } from '../../src/twin/sites/junction.js';
import { street } from '../../src/twin/sites/street.js';
import { down, outcome, passage, START, type Way } from './drawn-passage.js';

const verdict = (one: Outcome): string => (one.fired ? one.lawCode : one.reason);
const withZone = (site: SiteVersion, zone: Zone): SiteVersion => ({ ...site, zones: [...site.zones, zone] });
const wide = (from: number, to: number): Zone['area'] => [
  [-5.25, from],
  [5.25, from],
  [5.25, to],
  [-5.25, to],
];

t.test('who waits at a red lamp does not stop where stopping is forbidden', async (t) => {
  const site = withZone(junction.site, {
    id: 'cam-dung-nut',
    kind: 'no-stopping',
    ground: 'junction',
    area: wide(15, 30),
  });
  const centres = Array.from({ length: 400 }, (_, i) => [0, Math.min(27, 10 + i * 0.5)] as const);
  const under = (state: 'red' | 'green'): Way => ({
    site,
    centres,
    lane: 'lan-2',
    lamps: () => ({ state, since: 0 }),
  });
  t.equal(verdict(outcome(under('red'), 'stopping')), 'not-at-a-signal');
  t.equal(
    verdict(outcome({ site, centres, lane: 'lan-2' }, 'stopping')),
    'not-at-a-signal',
    'nor at an unknown one',
  );
  t.not(verdict(outcome(under('green'), 'stopping')), 'not-at-a-signal');
});

t.test('only the time within the hours of a ban counts', async (t) => {
  const ends = Date.parse('2026-11-20T02:00:00Z');
  const site = withZone(
    { ...street.site, zones: [] },
    {
      id: 'gio-cam-dung',
      kind: 'no-stopping',
      ground: 'no-stopping-sign',
      area: wide(-100, 100),
      hours: [{ from: '06:00', to: '09:00' }],
    },
  );
  const standing = (secondsBefore: number): Passage => {
    const drawn = passage({
      site,
      centres: Array.from({ length: 300 }, () => [3.5, 55] as const),
      lane: 'lan-o-to',
    });
    const shift = ends - secondsBefore * 1000 - START;
    return { ...drawn, points: drawn.points.map((point) => ({ ...point, at: point.at + shift })) };
  };
  const stopping = (secondsBefore: number): string =>
    verdict(outcomesOf(standing(secondsBefore), site).find((one) => one.rule === 'stopping')!);
  t.equal(stopping(4), 'no-stopping-here', 'four seconds before nine and longer after it');
  t.equal(stopping(25), 'CAR_STOP_KERB');
});

t.test('the ground of a zone decides the row of the law, and without one nobody is accused', async (t) => {
  const stands = (ground?: StopGround): Outcome => {
    const zone: Zone = { id: 'cam-dung', kind: 'no-stopping', area: wide(-100, 100) };
    const site = withZone({ ...street.site, zones: [] }, ground === undefined ? zone : { ...zone, ground });
    const centres = Array.from({ length: 200 }, () => [3.5, 55] as const);
    return outcome({ site, centres, lane: 'lan-o-to' }, 'stopping');
  };
  t.equal(verdict(stands('no-stopping-sign')), 'CAR_STOP_KERB');
  t.equal(verdict(stands('junction')), 'CAR_STOP_JUNCTION');
  t.equal(verdict(stands('bridge')), 'CAR_STOP_BRIDGE_LEFT');
  t.equal(verdict(stands()), 'law-row');
  const onABridge = stands('bridge');
  t.match(onABridge.fired && whyFired(onABridge, 'vi'), /^Dừng xe \d+ giây trên cầu, nơi không được dừng\.$/);
});

t.test('a distance meter is not believed against the pictures', async (t) => {
  const lane = 'lan-1';
  const speed = 95 / 3.6;
  const meter = expressway.site.certificates.find((one) => one.device === 'distance-meter')!;
  const measured = (metres: number, ahead: number, site: SiteVersion = expressway.site): string => {
    const path = Array.from({ length: 6 }, (_, i) => ({
      at: START + i * 500,
      centre: [3.4, 60 - (i * speed) / 2 - ahead] as [number, number],
      velocity: [0, -speed] as [number, number],
      speed,
      lane,
      frameId: `f${i * 5}`,
    }));
    return verdict(
      outcome(
        {
          site,
          centres: down(speed, 3.4),
          lane,
          claims: [8, 12, 16, 20].flatMap((frame) => [
            {
              frame,
              kind: 'distance' as const,
              value: metres,
              device: meter.serial,
              cameraId: meter.cameraId,
            },
            { frame, kind: 'speed' as const, value: 95, device: 'R24-0001', cameraId: meter.cameraId },
          ]),
          around: [{ passage: 'o', kind: 'car', path }],
        },
        'too-close',
      ),
    );
  };
  t.equal(measured(20, 25), 'CAR_EXPW_HEADWAY');
  t.equal(measured(20, 90), 'gap-agrees', 'the vehicle ahead is 85 m away');
  t.equal(measured(0, 25), 'distance-measured', 'no metres mean no target');
  t.equal(
    measured(20, 25, { ...expressway.site, road: 'rural' }),
    'law-row',
    'off the expressway it takes a collision or a sign (6.4.l)',
  );
});

t.test('one picture alone is no evidence of what a camera claims', async (t) => {
  const claims = [4, 5].map((frame) => ({
    frame,
    kind: 'sighting' as const,
    code: 'helmet',
    confidence: 0.93,
    region: [520, 505, 560, 540] as const,
  }));
  const way: Way = {
    site: street.site,
    kind: 'motorcycle',
    centres: down(8, -3),
    lane: 'lan-xe-may',
    claims,
  };
  t.equal(verdict(outcome(way, 'helmet')), 'MOTO_HELMET_RIDER');
  const drawn = passage(way);
  const glimpsed = { ...drawn, points: drawn.points.filter((point) => point.frameId !== 'f5') };
  t.equal(verdict(outcomesOf(glimpsed, street.site).find((one) => one.rule === 'helmet')!), 'own-evidence');
});

t.test('what the law leaves to a heavier row is not punished twice', async (t) => {
  const site = withZone(
    { ...street.site, zones: [] },
    { id: 'cam-di', kind: 'no-entry', area: wide(-120, 120) },
  );
  const against = outcomesOf(passage({ site, centres: down(-8, 3.5, 40), lane: 'lan-o-to' }), site);
  t.same(
    against.filter((one) => one.fired).map(verdict),
    ['CAR_WRONG_WAY'],
    'điểm i khoản 5 leaves it to điểm d khoản 9',
  );
  t.equal(verdict(against.find((one) => one.rule === 'no-entry')!), 'no-heavier-row');
  const along = outcomesOf(passage({ site, centres: down(8, 3.5, 40), lane: 'lan-o-to' }), site);
  t.same(along.filter((one) => one.fired).map(verdict), ['CAR_NO_ENTRY']);
});

t.test('a sentence says no more than the pictures show', async (t) => {
  const line = 30;
  const centres = Array.from({ length: 40 }, (_, i) => [0, line - 14.75 + i] as const);
  const red: Way = {
    site: junction.site,
    centres,
    lane: ([, y]) => (y <= line ? 'lan-2' : null),
    lamps: () => ({ state: 'red', since: 0 }),
  };
  const whole = outcome(red, 'red-light');
  const drawn = passage(red);
  const points = drawn.points.filter(({ centre }) => Math.abs(centre[1] - line) > 2.6);
  const without = outcomesOf({ ...drawn, points }, junction.site).find((one) => one.rule === 'red-light')!;
  if (!whole.fired || !without.fired) return t.fail('a red light run');
  t.match(whyFired(whole, 'vi'), 'trước, trên và sau vạch');
  t.match(whyFired(without, 'vi'), 'trước và sau vạch');
  t.match(reasoning(whole, 'vi').join('\n'), /Không phải rẽ phải được phép khi đèn đỏ \(đi thẳng\)/);
  t.match(reasoning(whole, 'en').join('\n'), /No right turn that is allowed on red \(straight on\)/);
  const amber = outcome({ ...red, lamps: () => ({ state: 'amber', since: 0 }) }, 'red-light');
  t.match(reasoning(amber, 'vi').at(-1), /chưa đỏ \(đèn vàng\)/);
});
