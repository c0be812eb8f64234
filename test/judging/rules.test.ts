import t from 'tap';
import { reasoning, whyFired } from '../../src/judging/messages.js';
import type { Passage } from '../../src/judging/passage.js';
import { safeDistance } from '../../src/judging/rules/safe-distance.js';
import type { SiteVersion } from '../../src/sites/index.js';
import { expressway } from '../../src/twin/sites/expressway.js';
import { junction } from '../../src/twin/sites/junction.js';
import { street } from '../../src/twin/sites/street.js';
import { down, outcome, START, type Way } from './drawn-passage.js';

t.test('speeding', (t) => {
  const at = (kmh: number, more: Partial<Way> = {}, device = 'R24-0001') =>
    outcome(
      {
        site: expressway.site,
        centres: down(kmh / 3.6, 3.4),
        lane: 'lan-1',
        claims: [{ frame: 5, kind: 'speed', value: kmh, device }],
        ...more,
      },
      'speeding',
    );
  const cases: [string, ReturnType<typeof at>, string][] = [
    ['4.9 over is none', at(104.9), 'over-limit'],
    ['5 over', at(105), 'CAR_SPEED_05_10'],
    ['10 over', at(110), 'CAR_SPEED_10_20'],
    ['20 over is still the second band', at(120), 'CAR_SPEED_10_20'],
    ['20.1 over', at(120.1), 'CAR_SPEED_20_35'],
    ['36 over', at(136), 'CAR_SPEED_35P'],
    ['another device', at(136, {}, 'R24-9999'), 'device-certified'],
    ['beyond the certified range', at(251), 'within-certified-range'],
    ['no reading', at(136, { claims: [] }), 'measured-by-device'],
    ['the pictures contradict', at(140, { centres: down(25, 3.4) }), 'pictures-agree'],
    ['a clock that is off', at(136, { clockOffsetMs: 2500 }), 'clock-true'],
    [
      'on duty',
      at(136, {
        claims: [
          { frame: 5, kind: 'speed', value: 136, device: 'R24-0001' },
          { frame: 4, kind: 'sighting', code: 'on-duty' },
        ],
      }),
      'not-on-duty',
    ],
    ['a lorry has its own limit', at(95, { kind: 'truck', lane: 'lan-2' }), 'CAR_SPEED_10_20'],
    [
      'the allowance is taken off first',
      at(112, { site: { ...expressway.site, speedAllowanceKmh: 3 } }),
      'CAR_SPEED_05_10',
    ],
    [
      'an expired certificate',
      at(136, {
        site: {
          ...expressway.site,
          certificates: expressway.site.certificates.map((one) => ({
            ...one,
            validTo: '2026-06-01T00:00:00Z',
          })),
        },
      }),
      'device-certified',
    ],
  ];
  for (const [name, found, want] of cases) t.equal(found.fired ? found.lawCode : found.reason, want, name);
  const fired = at(136);
  if (fired.fired) t.match(whyFired(fired, 'vi'), /136 km\/h.*giới hạn 100.*vượt 36/);
  t.end();
});

t.test('red light', (t) => {
  const line = 30;
  // The bow is 2.25 m ahead of the middle; 10 m/s; the bow passes the line between frames 12 and 13.
  const centres = Array.from({ length: 40 }, (_, i) => [0, line - 2.25 - 12.5 + i] as const);
  const lane = (at: readonly [number, number]) => (at[1] <= line ? 'lan-2' : null);
  const at = (lamps: NonNullable<Way['lamps']>, more: Partial<Way> = {}) =>
    outcome({ site: junction.site, centres, lane, lamps, ...more }, 'red-light');
  const red = (from: number) => (frame: number) =>
    frame >= from ? { state: 'red' as const, since: from } : { state: 'amber' as const, since: from - 30 };
  const cases: [string, ReturnType<typeof at>, string][] = [
    ['red long before', at(red(0)), 'CAR_RED_LIGHT'],
    ['red 0.6 s before', at(red(6)), 'CAR_RED_LIGHT'],
    ['red within the grace', at(red(11)), 'before-line-under-red'],
    ['amber at the line', at(red(14)), 'before-line-under-red'],
    ['green', at(() => ({ state: 'green', since: -50 })), 'before-line-under-red'],
    [
      'turns green on the line',
      at((frame) => (frame < 14 ? { state: 'red', since: 0 } : { state: 'green', since: 14 })),
      'beyond-line-under-red',
    ],
    [
      'stops on the line',
      at(red(0), { centres: centres.map(([x, y]) => [x, Math.min(y, line + 1)] as const) }),
      'beyond-line',
    ],
    [
      'stops before the line',
      at(red(0), { centres: centres.map(([x, y]) => [x, Math.min(y, line - 3)] as const) }),
      'beyond-line',
    ],
    [
      'turns right, which is allowed',
      at(red(0), {
        centres: centres.map(
          ([x, y], i) => [y > line + 4 ? x + (i - 18) : x, Math.min(y, line + 5)] as const,
        ),
      }),
      'no-allowed-turn',
    ],
    [
      'begins to turn left, where nobody may on red',
      at(red(0), { centres: centres.map(([x, y]) => [y > line ? x - (y - line) * 0.45 : x, y] as const) }),
      'CAR_RED_LIGHT',
    ],
    [
      'begins to turn right',
      at(red(0), { centres: centres.map(([x, y]) => [y > line ? x + (y - line) * 0.45 : x, y] as const) }),
      'no-allowed-turn',
    ],
    [
      "cut by the picture's side, nobody saw it go straight",
      at(red(0), { box: [0, 500, 300, 700] }),
      'no-allowed-turn',
    ],
    ['a motorcycle', at(red(0), { kind: 'motorcycle' }), 'MOTO_RED_LIGHT'],
    ['on duty', at(red(0), { claims: [{ frame: 4, kind: 'sighting', code: 'on-duty' }] }), 'not-on-duty'],
    ['no signal on its lane', at(red(0), { lane: null }), 'signalled-lane'],
  ];
  for (const [name, found, want] of cases) t.equal(found.fired ? found.lawCode : found.reason, want, name);
  const fired = at(red(0));
  t.ok(fired.fired);
  if (fired.fired)
    t.same(
      fired.evidence.map((one) => one.role),
      ['before', 'on', 'beyond'],
      'before, on and beyond the line',
    );
  t.end();
});

t.test('emergency lane and wrong way', (t) => {
  const along = (more: Partial<Way>, rule: string) =>
    outcome({ site: expressway.site, centres: down(20, -3.75), lane: 'lan-khan-cap', ...more }, rule);
  const up = down(15, -3.75).map(([x, y]) => [x, -y] as const);
  /** From 20 to 8 metres a second within four seconds. */
  const slowing = Array.from({ length: 41 }, (_, i) => [-3.75, 64 - 2 * i + 0.015 * i * i] as const);
  const cases: [string, ReturnType<typeof along>, string][] = [
    ['drives along it', along({}, 'emergency-lane'), 'CAR_EXPW_EMERGENCY_LANE'],
    ['too short a way', along({ centres: down(20, -3.75, 10) }, 'emergency-lane'), 'drove-along'],
    ['lost from view while it slows down', along({ centres: slowing }, 'emergency-lane'), 'kept-driving'],
    [
      'slows down to go back into its lane',
      along(
        { centres: [...slowing, [0, 8], [0, 7.2]], lane: (at) => (at[0] < -2 ? 'lan-khan-cap' : 'lan-2') },
        'emergency-lane',
      ),
      'CAR_EXPW_EMERGENCY_LANE',
    ],
    ['wheels on the edge', along({ centres: down(20, -2.4) }, 'emergency-lane'), 'in-emergency-lane'],
    [
      'hazard lamps',
      along({ claims: [{ frame: 3, kind: 'sighting', code: 'hazard-lamps' }] }, 'emergency-lane'),
      'no-breakdown',
    ],
    [
      'the lanes are blocked',
      along({ claims: [{ frame: 3, kind: 'sighting', code: 'lane-blocked' }] }, 'emergency-lane'),
      'lanes-open',
    ],
    ['a motorcycle is another offence', along({ kind: 'motorcycle' }, 'emergency-lane'), 'law-row'],
    ['against the direction', along({ centres: up }, 'wrong-way'), 'CAR_EXPW_WRONG_WAY_REVERSE_UTURN'],
    ['which is not driving along it', along({ centres: up }, 'emergency-lane'), 'drove-along'],
    [
      'slowly backwards may be reversing',
      along({ centres: down(3, -3.75, 60).map(([x, y]) => [x, -y] as const) }, 'wrong-way'),
      'not-reversing',
    ],
    ['the lawful way', along({}, 'wrong-way'), 'against-direction'],
    ['motorcycle on an expressway', along({ kind: 'motorcycle' }, 'forbidden-class'), 'MOTO_ON_EXPRESSWAY'],
    [
      'a slow one without a plate may be a bicycle',
      along({ kind: 'motorcycle', centres: down(5, -3.75, 60) }, 'forbidden-class'),
      'motor-vehicle',
    ],
    [
      'so may one whose box jumps now and then',
      along(
        {
          kind: 'motorcycle',
          centres: down(5, -3.75, 60).map(([x, y], i) => [x, i % 20 === 0 ? y - 1.5 : y] as const),
        },
        'forbidden-class',
      ),
      'motor-vehicle',
    ],
  ];
  for (const [name, found, want] of cases) t.equal(found.fired ? found.lawCode : found.reason, want, name);
  t.match(reasoning(along({}, 'wrong-way'), 'vi').at(-1)!, /Không đi ngược chiều/);
  t.end();
});

t.test('a class in doubt accuses nobody where it makes a difference', (t) => {
  const inLane = (
    site: SiteVersion,
    lane: string,
    x: number,
    couldBe: Passage['couldBe'],
    rule = 'wrong-lane',
  ) => outcome({ site, lane, centres: down(12, x, 45), kind: couldBe[0]!, couldBe }, rule);
  const fast = (...couldBe: Passage['couldBe']) => inLane(expressway.site, 'lan-1', 3.4, couldBe);
  const byMeter = (kmh: number, ...couldBe: Passage['couldBe']) =>
    outcome(
      {
        site: expressway.site,
        lane: 'lan-2',
        centres: down(kmh / 3.6, 0),
        kind: couldBe[0]!,
        couldBe,
        claims: [{ frame: 5, kind: 'speed', value: kmh, device: 'R24-0001' }],
      },
      'speeding',
    );
  const cases: [string, ReturnType<typeof fast>, string][] = [
    ['a lorry in the fast lane', fast('truck'), 'CAR_WRONG_LANE'],
    ['which may be a coach', fast('truck', 'bus'), 'class-known'],
    ['or a van', fast('truck', 'car'), 'class-known'],
    ['a coach, which may be a lorry', fast('bus', 'truck'), 'lane-not-permitted'],
    [
      'some four-wheeler among motorcycles: no class of them may be there',
      inLane(street.site, 'lan-xe-may', -3.5, ['truck', 'bus', 'car']),
      'CAR_WRONG_LANE',
    ],
    [
      'which may be one of them',
      inLane(street.site, 'lan-xe-may', -3.5, ['car', 'motorcycle']),
      'class-known',
    ],
    ['a bus where none may go', inLane(street.site, 'lan-hon-hop', 0, ['bus'], 'no-entry'), 'CAR_NO_ENTRY'],
    ['or a lorry', inLane(street.site, 'lan-hon-hop', 0, ['bus', 'truck'], 'no-entry'), 'class-known'],
    ['a lorry over its limit', byMeter(95, 'truck'), 'CAR_SPEED_10_20'],
    ['a coach would be within its own', byMeter(95, 'truck', 'bus'), 'class-known'],
    ['car and coach have one limit', byMeter(125, 'car', 'bus'), 'CAR_SPEED_20_35'],
    [
      'a motorcycle on an expressway',
      inLane(expressway.site, 'lan-2', 0, ['motorcycle'], 'forbidden-class'),
      'MOTO_ON_EXPRESSWAY',
    ],
    [
      'if it is one',
      inLane(expressway.site, 'lan-2', 0, ['motorcycle', 'car'], 'forbidden-class'),
      'class-known',
    ],
  ];
  for (const [name, found, want] of cases) t.equal(found.fired ? found.lawCode : found.reason, want, name);
  t.match(reasoning(fast('truck', 'bus'), 'vi').at(-1)!, /Không chắc loại xe \(xe tải hoặc xe khách\)/);
  t.match(reasoning(fast('truck', 'bus'), 'en').at(-1)!, /not certain \(truck or bus\)/);
  t.end();
});

t.test('below the minimum', (t) => {
  const at = (kmh: number, more: Partial<Way> = {}) =>
    outcome(
      {
        site: expressway.site,
        centres: down(kmh / 3.6, 0, 40),
        lane: 'lan-2',
        claims: [{ frame: 20, kind: 'speed', value: kmh, device: 'R24-0001' }],
        ...more,
      },
      'below-minimum',
    );
  /** Somebody so many metres ahead of where the reading was taken, at a speed in km/h. */
  const behind = (metres: number, kmh: number) => {
    const speed = kmh / 3.6;
    const y = 60 - (20 * (48 / 3.6)) / 10 - metres;
    return at(48, {
      around: [
        {
          passage: 'other',
          kind: 'car',
          path: [
            {
              at: START + 2000,
              centre: [0, y],
              velocity: [0, -speed],
              speed,
              lane: 'lan-2',
              frameId: 'f20',
            },
          ],
        },
      ],
    });
  };
  const cases: [string, ReturnType<typeof at>, string][] = [
    ['crawls along', at(48), 'CAR_TOO_SLOW'],
    ['within the error of the meter', at(58), 'below-minimum'],
    ['held up by somebody as slow', behind(50, 48), 'not-held-up'],
    ['somebody near who draws away: a queue that dissolves', behind(25, 59), 'not-held-up'],
    ['somebody far who draws away', behind(50, 59), 'CAR_TOO_SLOW'],
    ['somebody far and fast', behind(50, 90), 'CAR_TOO_SLOW'],
  ];
  for (const [name, found, want] of cases) t.equal(found.fired ? found.lawCode : found.reason, want, name);
  t.end();
});

t.test('helmet', (t) => {
  const box = [520, 505, 560, 540] as const;
  const claims = [4, 5, 6, 7, 8].map((frame) => ({
    frame,
    kind: 'sighting' as const,
    code: 'helmet',
    confidence: 0.93,
    region: [...box] as [number, number, number, number],
  }));
  const at = (speeds: (frame: number) => number, more: Partial<Way> = {}) => {
    let y = 0;
    const centres = Array.from({ length: 12 }, (_, i) => [6, (y += speeds(i) / 10)] as const);
    return outcome(
      { site: street.site, kind: 'motorcycle', centres, lane: 'lan-xe-may', claims, ...more },
      'helmet',
    );
  };
  const cases: [string, ReturnType<typeof at>, string][] = [
    ['rides', at(() => 8), 'MOTO_HELMET_RIDER'],
    ['the first looks say little of its speed', at((frame) => (frame < 6 ? 0.5 : 8)), 'MOTO_HELMET_RIDER'],
    ['waits', at(() => 0.5), 'was-moving'],
    ['waits, and one look is off', at((frame) => (frame === 6 ? 5 : 0.5)), 'was-moving'],
    ['one frame shows it', at(() => 8, { claims: claims.slice(0, 1) }), 'own-evidence'],
    [
      'the head that is shown rides elsewhere in the picture',
      at(() => 8, { claims: claims.map((one) => ({ ...one, region: [820, 505, 860, 540] })) }),
      'own-evidence',
    ],
  ];
  for (const [name, found, want] of cases) t.equal(found.fired ? found.lawCode : found.reason, want, name);
  t.end();
});

t.test('least distances of the table', (t) => {
  t.same([59, 60, 61, 80, 81, 100, 101, 120, 121].map(safeDistance), [
    null,
    35,
    55,
    55,
    70,
    70,
    100,
    100,
    null,
  ]);
  t.end();
});

t.test('who breaks down may cross a solid line, and a lane that is not his, to the edge of the road', (t) => {
  const hazard = { frame: 8, kind: 'sighting' as const, code: 'hazard-lamps', confidence: 0.9 };
  const aside = Array.from({ length: 30 }, (_, i) => [Math.max(-0.5, 3.4 - i * 0.2), 40 - i * 2] as const);
  const crosses = (more: Partial<Way>) =>
    outcome(
      { site: expressway.site, centres: aside, lane: ([x]) => (x > 1.5 ? 'lan-1' : 'lan-2'), ...more },
      'solid-line',
    );
  const stays = (more: Partial<Way>) =>
    outcome({ site: street.site, centres: down(8, -3.5), lane: 'lan-xe-may', ...more }, 'wrong-lane');
  const cases: [string, ReturnType<typeof crosses>, string][] = [
    ['crosses', crosses({}), 'CAR_EXPW_LANE_CHANGE'],
    ['crosses, its hazard lamps on', crosses({ claims: [hazard] }), 'no-breakdown'],
    ['a car among motorcycles', stays({}), 'CAR_WRONG_LANE'],
    ['a car among motorcycles, its hazard lamps on', stays({ claims: [hazard] }), 'no-breakdown'],
  ];
  for (const [name, found, want] of cases) t.equal(found.fired ? found.lawCode : found.reason, want, name);
  t.end();
});
