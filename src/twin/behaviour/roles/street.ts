import type { VehicleKind } from '../../../vision/observation.js';
import type { BodyStyle } from '../../picture-spec.js';
import { after, past, script, stands, type Cast, type Happened, type ScriptStep } from '../cast.js';
import type { Agent, Driver, Wish } from '../drive.js';
import { straight } from '../path.js';
import type { Planner } from '../planner.js';
import { breaks, nearly, type Role } from './role.js';

/** Middles of the lanes of the one-way street; lawful travel is -y, so that right of it is -x. */
const X = { moto: -3.5, mixed: 0, cars: 3.5 };
type LaneName = keyof typeof X;
const LANE: Readonly<Record<LaneName, string>> = {
  moto: 'lan-xe-may',
  mixed: 'lan-hon-hop',
  cars: 'lan-o-to',
};
/** Not a lane: held while something stands on the road. */
const CALM = 'calm';
const METERED = { cameraId: 'pho02-truoc', device: 'R24-0021', from: 45, to: 24 };
const START = 110;
const METRES = 220;
const at = (y: number): number => START - y;
const kmh = (value: number): number => value / 3.6;

interface Coming {
  readonly kind?: VehicleKind | 'bicycle';
  readonly style?: BodyStyle;
  readonly lane?: LaneName;
  readonly speed: number;
  readonly driver?: Driver;
  readonly enters: number;
  readonly aside?: number;
}

function comes(cast: Cast, who: Coming): Agent {
  const x = X[who.lane ?? 'mixed'] + (who.aside ?? 0);
  return cast.add({
    looks: cast.vehicle(who.kind ?? 'car', who.style),
    path: straight([x, START], [0, -1]),
    driver: who.driver ?? (() => ({ speed: who.speed })),
    enters: who.enters,
    leavesAt: METRES,
    speed: who.speed,
  });
}
function passes(cast: Cast, planner: Planner, who: Omit<Coming, 'enters'>): Agent {
  return comes(cast, {
    ...who,
    enters: planner.take([{ lane: LANE[who.lane ?? 'mixed'], at: 0, speed: who.speed }]),
  });
}
function calmly(cast: Cast, planner: Planner, who: Omit<Coming, 'enters'>): Agent {
  const { speed } = who;
  return comes(cast, {
    ...who,
    enters: planner.take([
      { lane: LANE[who.lane ?? 'mixed'], at: 0, speed },
      { lane: CALM, at: 0, speed },
    ]),
  });
}
function onDuty(cast: Cast, agent: Agent, livery: 'police' | 'ambulance' | 'fire'): Agent {
  Object.assign(agent.looks, { roof: 'light-bar', livery });
  cast.code(agent, 'on-duty', { every: 5 });
  return agent;
}

export function plain(cast: Cast, planner: Planner): void {
  const r = cast.random;
  const motorcycle = r.chance(0.6);
  const speed = motorcycle ? r.between(8, 12) : r.between(9, 13);
  const lane: LaneName = motorcycle ? (r.chance(0.75) ? 'moto' : 'mixed') : r.chance(0.6) ? 'cars' : 'mixed';
  const agent = passes(cast, planner, {
    kind: motorcycle ? 'motorcycle' : 'car',
    lane,
    speed,
    aside: motorcycle ? r.between(-0.9, 0.9) : 0,
  });
  if (r.chance(0.3)) cast.speed(agent, METERED);
}

const kept =
  (speed: number) =>
  ({ vehicle }: Happened): boolean =>
    vehicle.poses
      .filter((pose) => pose.at[1] < 50 && pose.at[1] > 20)
      .every((pose) => Math.abs(pose.speed - speed) < 0.35);

const speeding: readonly Role[] = [
  breaks('speeding', 'speeds-in-town', (cast, planner) => {
    const r = cast.random;
    const kind = r.pick(['car', 'motorcycle'] as const);
    const speed = kmh(60 + r.between(6, 38));
    const agent = passes(cast, planner, { kind, lane: kind === 'car' ? 'cars' : 'mixed', speed });
    cast.speed(agent, METERED);
    cast.violates(agent, 'speeding', 'speeds-in-town', kept(speed));
  }),
  nearly('speeding', 'just-over-in-town', (cast, planner) => {
    const agent = passes(cast, planner, { lane: 'cars', speed: kmh(60 + cast.random.between(0.8, 4.2)) });
    cast.speed(agent, METERED);
    cast.misses(agent, ['speeding'], 'just-over-in-town');
  }),
];

function against(
  cast: Cast,
  planner: Planner,
  who: {
    kind?: VehicleKind;
    style?: BodyStyle;
    lane: LaneName;
    speed: number;
    aside?: number;
    driver?: Driver;
  },
): Agent {
  const enters = planner.take([{ lane: LANE[who.lane], from: 0, to: METRES / who.speed + 1 }]);
  return cast.add({
    looks: cast.vehicle(who.kind ?? 'car', who.style),
    path: straight([X[who.lane] + (who.aside ?? 0), -START], [0, 1]),
    driver: who.driver ?? (() => ({ speed: who.speed })),
    enters,
    leavesAt: METRES,
    speed: who.speed,
  });
}

const wrongWay: readonly Role[] = [
  breaks('wrong-way', 'rides-against', (cast, planner) => {
    const r = cast.random;
    const agent = against(cast, planner, {
      kind: 'motorcycle',
      lane: 'moto',
      speed: r.between(5, 10),
      aside: r.between(-1, 0.6),
    });
    cast.violates(agent, 'wrong-way', 'rides-against');
  }),
  breaks('wrong-way', 'car-against', (cast, planner) => {
    const agent = against(cast, planner, {
      lane: cast.random.pick(['moto', 'mixed', 'cars'] as const),
      speed: cast.random.between(7, 12),
    });
    cast.violates(agent, 'wrong-way', 'car-against');
  }),
  nearly('wrong-way', 'ambulance-against', (cast, planner) => {
    const speed = cast.random.between(7, 12);
    const agent = onDuty(
      cast,
      against(cast, planner, { style: 'van', lane: 'moto', speed, driver: () => ({ speed, beacon: true }) }),
      'ambulance',
    );
    cast.misses(agent, ['wrong-way'], 'ambulance-against');
  }),
  nearly('wrong-way', 'close-together', (cast, planner) => {
    const speed = cast.random.between(8, 11);
    const enters = planner.take([{ lane: LANE.moto, from: 0, to: METRES / speed + 2 }]);
    for (const [aside, later] of [
      [-0.9, 0],
      [0.1, 0.15],
      [0.95, 0.3],
    ] as const) {
      cast.misses(
        comes(cast, { kind: 'motorcycle', lane: 'moto', speed, aside, enters: enters + later }),
        ['wrong-way', 'reversing'],
        'close-together',
      );
    }
  }),
];

const waits = (seconds: number, wish: Partial<Wish> = {}): ScriptStep[] => [
  { wish: { speed: 0, ...wish }, until: after(seconds) },
];
function stops(
  cast: Cast,
  planner: Planner,
  who: { y: number; seconds: number; lane?: LaneName; kind?: VehicleKind; there?: readonly ScriptStep[] },
): Agent {
  const lane = who.lane ?? 'mixed';
  const enters = planner.take([
    { lane: LANE[lane], from: 0, to: 34 + who.seconds },
    { lane: CALM, from: 0, to: 34 + who.seconds },
  ]);
  return comes(cast, {
    kind: who.kind ?? 'car',
    lane,
    speed: 10,
    enters,
    driver: script(
      { wish: { speed: 10, stopAt: at(who.y) }, until: stands },
      ...(who.there ?? waits(who.seconds)),
      { wish: { speed: 11 } },
    ),
  });
}
const backs = (metres: number, speed: number, wish: Partial<Wish> = {}): ScriptStep[] => {
  let from: number | null = null;
  return [
    { wish: { speed: 0, ...wish }, until: after(1.5) },
    {
      wish: { speed, backwards: true, ...wish },
      until: (me) => {
        from ??= me.s;
        return me.s <= from - metres;
      },
    },
    { wish: { speed: 0, ...wish }, until: stands },
    { wish: { speed: 0, ...wish }, until: after(1.5) },
  ];
};

const reversing: readonly Role[] = [
  breaks('reversing', 'reverses-in-the-street', (cast, planner) => {
    const r = cast.random;
    const metres = r.between(8, 18);
    const agent = stops(cast, planner, {
      y: r.between(24, 34),
      seconds: 10 + metres,
      lane: 'cars',
      there: backs(metres, r.between(1.4, 2.6)),
    });
    cast.violates(agent, 'reversing', 'reverses-in-the-street');
    cast.misses(agent, ['wrong-way'], 'reverses-in-the-street');
  }),
  nearly(['reversing', 'wrong-way'], 'shunts-a-little', (cast, planner) => {
    const agent = stops(cast, planner, {
      y: cast.random.between(-46, -30),
      seconds: 10,
      lane: 'cars',
      there: backs(cast.random.between(0.8, 2.6), 1),
    });
    cast.misses(agent, ['reversing', 'wrong-way'], 'shunts-a-little');
  }),
];

const stopping: readonly Role[] = [
  breaks('stopping', 'stops-in-the-zone', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 22);
    const agent = stops(cast, planner, {
      y: r.between(30, 48),
      seconds,
      lane: r.pick(['mixed', 'cars'] as const),
    });
    cast.violates(agent, 'stopping', 'stops-in-the-zone');
  }),
  nearly('stopping', 'stops-outside-the-zone', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 20);
    cast.misses(
      stops(cast, planner, { y: r.between(-44, -26), seconds }),
      ['stopping'],
      'stops-outside-the-zone',
    );
  }),
  nearly('stopping', 'short-stop-in-the-zone', (cast, planner) => {
    const seconds = cast.random.between(1.5, 5);
    cast.misses(
      stops(cast, planner, { y: cast.random.between(28, 50), seconds }),
      ['stopping'],
      'short-stop-in-the-zone',
    );
  }),
  nearly('stopping', 'breakdown-in-the-zone', (cast, planner) => {
    const seconds = cast.random.between(11, 20);
    const agent = stops(cast, planner, {
      y: cast.random.between(28, 50),
      seconds,
      there: waits(seconds, { indicator: 'hazard' }),
    });
    cast.code(agent, 'hazard-lamps', { every: 5, when: (pose) => pose.speed < 5 });
    cast.misses(agent, ['stopping'], 'breakdown-in-the-zone');
  }),
];

const wrongLane: readonly Role[] = [
  breaks('wrong-lane', 'car-in-the-motorcycle-lane', (cast, planner) => {
    cast.violates(
      calmly(cast, planner, { lane: 'moto', speed: cast.random.between(8, 11) }),
      'wrong-lane',
      'car-in-the-motorcycle-lane',
    );
  }),
  breaks('wrong-lane', 'motorcycle-in-the-car-lane', (cast, planner) => {
    const r = cast.random;
    cast.violates(
      calmly(cast, planner, {
        kind: 'motorcycle',
        lane: 'cars',
        speed: r.between(8, 12),
        aside: r.between(-0.5, 0.8),
      }),
      'wrong-lane',
      'motorcycle-in-the-car-lane',
    );
  }),
  nearly('wrong-lane', 'brushes-the-motorcycle-lane', (cast, planner) => {
    const r = cast.random;
    const speed = r.between(9, 12);
    const enters = planner.take([
      { lane: LANE.mixed, at: 0, speed },
      { lane: LANE.moto, from: 0, to: METRES / speed },
    ]);
    const offset = r.between(1.0, 1.35);
    const agent = comes(cast, {
      speed,
      enters,
      driver: script(
        { wish: { speed }, until: past(at(70)) },
        { wish: { speed, offset }, until: past(at(-20)) },
        { wish: { speed, offset: 0 } },
      ),
    });
    cast.misses(agent, ['wrong-lane'], 'brushes-the-motorcycle-lane');
  }),
  nearly('wrong-lane', 'round-a-broken-down-car', (cast, planner) => {
    const r = cast.random;
    const enters = planner.take([
      { lane: LANE.mixed, from: 0, to: 60 },
      { lane: LANE.moto, from: 10, to: 46 },
      { lane: CALM, from: 0, to: 60 },
    ]);
    const y = r.between(32, 42);
    const broken = comes(cast, {
      speed: 10,
      enters,
      driver: script(
        { wish: { speed: 10, stopAt: at(y) }, until: stands },
        ...waits(26, { indicator: 'hazard' }),
        { wish: { speed: 10 } },
      ),
    });
    cast.code(broken, 'hazard-lamps', { every: 5, when: (pose) => pose.speed < 5 });
    cast.misses(broken, ['stopping'], 'breakdown-in-the-zone');
    const speed = r.between(7, 9);
    const agent = comes(cast, {
      speed,
      enters: enters + 17,
      driver: script(
        { wish: { speed }, until: past(at(y + 50)) },
        { wish: { speed, offset: 3.4 }, until: past(at(y - 14)) },
        { wish: { speed, offset: 0 } },
      ),
    });
    cast.misses(agent, ['wrong-lane'], 'round-a-broken-down-car');
  }),
];

function changes(
  cast: Cast,
  planner: Planner,
  options: { y: number; kind?: VehicleKind; deep?: number; to?: LaneName },
): Agent {
  const to = options.to ?? 'cars';
  const from: LaneName = to === 'cars' ? 'mixed' : 'cars';
  const speed = cast.random.between(9, 12);
  const enters = planner.take([
    { lane: LANE.mixed, at: 0, speed },
    { lane: LANE.cars, at: 0, speed },
    { lane: CALM, at: 0, speed },
  ]);
  const offset = (X[from] - X[to]) * (options.deep ?? 1);
  return comes(cast, {
    kind: options.kind ?? 'car',
    lane: from,
    speed,
    enters,
    driver: script(
      { wish: { speed }, until: past(at(options.y) - speed * 1.65) },
      { wish: { speed, offset, indicator: to === 'cars' ? 'left' : 'right' } },
    ),
  });
}
const crossesAt =
  (from: number, to: number) =>
  ({ vehicle }: Happened): boolean => {
    const i = vehicle.poses.findIndex(
      (pose, k) => k > 0 && (pose.at[0] - 1.75) * (vehicle.poses[k - 1]!.at[0] - 1.75) <= 0,
    );
    return i > 0 && vehicle.poses[i]!.at[1] >= from && vehicle.poses[i]!.at[1] <= to;
  };
const solidLine: readonly Role[] = [
  breaks('solid-line', 'crosses-solid-line-in-town', (cast, planner) => {
    const r = cast.random;
    const front = r.chance(0.5);
    const agent = changes(cast, planner, {
      y: front ? r.between(34, 39) : r.between(-37, -29),
      to: r.pick(['cars', 'mixed'] as const),
    });
    cast.violates(
      agent,
      'solid-line',
      'crosses-solid-line-in-town',
      front ? crossesAt(32, 41) : crossesAt(-41, -25),
    );
  }),
  nearly('solid-line', 'crosses-dashes-in-town', (cast, planner) => {
    const agent = changes(cast, planner, { y: cast.random.between(54, 72) });
    cast.misses(agent, ['solid-line'], 'crosses-dashes-in-town', crossesAt(49, 90));
  }),
  nearly('solid-line', 'wheels-on-the-line-in-town', (cast, planner) => {
    cast.misses(
      changes(cast, planner, { y: 60, deep: cast.random.between(0.2, 0.32) }),
      ['solid-line'],
      'wheels-on-the-line-in-town',
    );
  }),
];

const zones: readonly Role[] = [
  breaks(
    'truck-hours',
    'lorry-in-restricted-hours',
    (cast, planner) => {
      cast.violates(
        passes(cast, planner, {
          kind: 'truck',
          lane: cast.random.pick(['mixed', 'cars'] as const),
          speed: cast.random.between(8, 12),
        }),
        'truck-hours',
        'lorry-in-restricted-hours',
      );
    },
    'hours',
  ),
  nearly(
    'truck-hours',
    'lorry-outside-the-hours',
    (cast, planner) => {
      cast.misses(
        passes(cast, planner, {
          kind: 'truck',
          lane: cast.random.pick(['mixed', 'cars'] as const),
          speed: cast.random.between(8, 12),
        }),
        ['truck-hours'],
        'lorry-outside-the-hours',
      );
    },
    'free',
  ),
  nearly(
    'truck-hours',
    'fire-engine-in-the-hours',
    (cast, planner) => {
      const speed = cast.random.between(8, 13);
      const agent = onDuty(
        cast,
        passes(cast, planner, {
          kind: 'truck',
          style: 'box-truck',
          speed,
          driver: () => ({ speed, beacon: true }),
        }),
        'fire',
      );
      cast.misses(agent, ['truck-hours'], 'fire-engine-in-the-hours');
    },
    'hours',
  ),
  nearly(
    'truck-hours',
    'van-in-the-hours',
    (cast, planner) => {
      cast.misses(
        passes(cast, planner, { style: 'van', speed: cast.random.between(8, 12) }),
        ['truck-hours'],
        'van-in-the-hours',
      );
    },
    'hours',
  ),
  breaks('no-entry', 'bus-in-a-forbidden-street', (cast, planner) => {
    cast.violates(
      passes(cast, planner, { kind: 'bus', speed: cast.random.between(8, 11) }),
      'no-entry',
      'bus-in-a-forbidden-street',
    );
  }),
  nearly('no-entry', 'van-where-buses-may-not', (cast, planner) => {
    cast.misses(
      passes(cast, planner, {
        style: cast.random.pick(['van', 'minivan'] as const),
        speed: cast.random.between(8, 11),
      }),
      ['no-entry'],
      'van-where-buses-may-not',
    );
  }),
  nearly('no-entry', 'bus-on-duty', (cast, planner) => {
    const speed = cast.random.between(8, 11);
    cast.misses(
      onDuty(
        cast,
        passes(cast, planner, { kind: 'bus', speed, driver: () => ({ speed, beacon: true }) }),
        'police',
      ),
      ['no-entry'],
      'bus-on-duty',
    );
  }),
];

function claimed(
  cast: Cast,
  planner: Planner,
  code: string,
  kind: VehicleKind,
  options: Parameters<Cast['code']>[2],
): Agent {
  const agent = passes(cast, planner, {
    kind,
    lane: kind === 'motorcycle' ? 'moto' : 'cars',
    speed: cast.random.between(8, 11),
  });
  cast.code(agent, code, { every: 2, when: (pose) => pose.at[1] < -15 && pose.at[1] > -40, ...options });
  return agent;
}
const heads = (rule: 'helmet' | 'helmet-passenger'): readonly Role[] => [
  breaks(rule, `no-${rule}`, (cast, planner) => {
    const agent = claimed(cast, planner, rule, 'motorcycle', { region: true, most: 5 });
    Object.assign(agent.looks, {
      riders: agent.looks.riders.map((rider, i) =>
        i === (rule === 'helmet' ? 0 : 1) ? { ...rider, helmet: false } : rider,
      ),
    });
    cast.violates(agent, rule, `no-${rule}`);
  }),
  nearly(rule, `${rule}-unsure`, (cast, planner) =>
    cast.misses(
      claimed(cast, planner, rule, 'motorcycle', {
        region: true,
        most: 5,
        confidence: cast.random.between(0.3, 0.72),
      }),
      [rule],
      `${rule}-unsure`,
    ),
  ),
  nearly(rule, `${rule}-without-pictures`, (cast, planner) =>
    cast.misses(claimed(cast, planner, rule, 'motorcycle', { most: 5 }), [rule], `${rule}-without-pictures`),
  ),
  nearly(rule, `${rule}-in-one-frame`, (cast, planner) =>
    cast.misses(
      claimed(cast, planner, rule, 'motorcycle', { region: true, most: 1 }),
      [rule],
      `${rule}-in-one-frame`,
    ),
  ),
  nearly(rule, `${rule}-claimed-of-a-car`, (cast, planner) =>
    cast.misses(
      claimed(cast, planner, rule, 'car', { region: true, most: 5 }),
      [rule],
      `${rule}-claimed-of-a-car`,
    ),
  ),
];
const phones: readonly Role[] = [
  breaks('phone', 'phone-on-a-motorcycle', (cast, planner) =>
    cast.violates(
      claimed(cast, planner, 'phone', 'motorcycle', { region: true, most: 5 }),
      'phone',
      'phone-on-a-motorcycle',
    ),
  ),
  nearly('phone', 'phone-while-standing', (cast, planner) => {
    const agent = stops(cast, planner, { y: cast.random.between(26, 44), seconds: 5 });
    cast.code(agent, 'phone', { every: 4, most: 6, region: true, when: (pose) => pose.speed < 0.3 });
    cast.misses(agent, ['phone'], 'phone-while-standing');
  }),
];

export const roles: readonly Role[] = [
  ...speeding,
  ...wrongWay,
  ...reversing,
  ...stopping,
  ...wrongLane,
  ...solidLine,
  ...zones,
  ...heads('helmet'),
  ...heads('helmet-passenger'),
  ...phones,
];
