import type { VehicleKind } from '../../../vision/observation.js';
import type { BodyStyle } from '../../picture-spec.js';
import { after, past, script, stands, type Cast, type Happened, type ScriptStep } from '../cast.js';
import type { Agent, Driver, Wish } from '../drive.js';
import { straight } from '../path.js';
import { ROAD_METRES, type Planner } from '../planner.js';
import { breaks, nearly, type Role } from './role.js';

/** Middles of the lanes; traffic runs -y, so that right of it is -x. */
const X = { emergency: -3.75, slow: -0.375, fast: 3.375 };
type LaneName = keyof typeof X;
const LANE: Readonly<Record<LaneName, string>> = { emergency: 'lan-khan-cap', slow: 'lan-2', fast: 'lan-1' };
/** Not a lane: held while something stands on the road, so that nobody who breaks a rule has that for a reason. */
const CALM = 'calm';
const CAMERA = 'ct20-truoc';
const METER = 'R24-0001';
const RANGE = 'L10-0001';
const START = 140;
const EMERGENCY = X.slow - X.emergency;
/** Metres of path at a y of the road. */
const at = (y: number): number => START - y;

interface Coming {
  readonly kind?: VehicleKind | 'bicycle';
  readonly style?: BodyStyle;
  readonly lane?: LaneName;
  readonly speed: number;
  readonly driver?: Driver;
  readonly enters: number;
}

function comes(cast: Cast, who: Coming): Agent {
  const looks = cast.vehicle(who.kind ?? 'car', who.style);
  return cast.add({
    looks,
    path: straight([X[who.lane ?? 'slow'], START], [0, -1]),
    driver: who.driver ?? (() => ({ speed: who.speed })),
    enters: who.enters,
    leavesAt: ROAD_METRES,
    speed: who.speed,
  });
}

/** One vehicle that goes through in one lane at one speed. */
function passes(cast: Cast, planner: Planner, who: Omit<Coming, 'enters'>): Agent {
  const lane = LANE[who.lane ?? 'slow'];
  return comes(cast, { ...who, enters: planner.take([{ lane, at: 0, speed: who.speed }]) });
}

/** The same while nothing stands on the road. */
function calmly(cast: Cast, planner: Planner, who: Omit<Coming, 'enters'>): Agent {
  const { speed } = who;
  return comes(cast, {
    ...who,
    enters: planner.take([
      { lane: LANE[who.lane ?? 'slow'], at: 0, speed },
      { lane: CALM, at: 0, speed },
    ]),
  });
}

const kmh = (value: number): number => value / 3.6;
const kept =
  (from: number, to: number, speed: number) =>
  ({ vehicle }: Happened): boolean =>
    vehicle.poses
      .filter((pose) => pose.at[1] <= from && pose.at[1] >= to)
      .every((pose) => Math.abs(pose.speed - speed) < 0.35);
const flows = ({ vehicle }: Happened): boolean => vehicle.poses.every((pose) => pose.speed > 4);
const METERED = { cameraId: CAMERA, device: METER, from: 55, to: 28 };

export function plain(cast: Cast, planner: Planner): void {
  const r = cast.random;
  const truck = r.chance(0.3);
  const bus = !truck && r.chance(0.12);
  const lane: LaneName = !truck && r.chance(0.5) ? 'fast' : 'slow';
  const speed = truck ? r.between(18.5, 21) : lane === 'fast' ? r.between(24, 27) : r.between(20, 25);
  const agent = passes(cast, planner, { kind: truck ? 'truck' : bus ? 'bus' : 'car', lane, speed });
  if (r.chance(0.4)) cast.speed(agent, METERED);
}

/** Lawful traffic of the far carriageway. */
export function opposite(cast: Cast, planner: Planner): void {
  const r = cast.random;
  const x = r.pick([9.125, 12.875]);
  const speed = r.between(20, 25);
  const enters = planner.take([{ lane: `opposite ${x}`, at: 0, speed }]);
  const agent = cast.add({
    looks: cast.vehicle(r.chance(0.3) ? 'truck' : 'car'),
    path: straight([x, -START], [0, 1]),
    driver: () => ({ speed }),
    enters,
    leavesAt: ROAD_METRES,
    speed,
  });
  cast.misses(agent, ['wrong-way'], 'far-carriageway');
}

function speeds(
  over: (r: Cast['random']) => number,
  then: (cast: Cast, agent: Agent, speed: number) => void,
) {
  return (cast: Cast, planner: Planner): void => {
    const truck = cast.random.chance(0.3);
    const speed = kmh((truck ? 80 : 100) + over(cast.random));
    const agent = passes(cast, planner, {
      kind: truck ? 'truck' : 'car',
      lane: truck ? 'slow' : 'fast',
      speed,
    });
    then(cast, agent, speed);
  };
}

const speeding: readonly Role[] = [
  breaks(
    'speeding',
    'speeds',
    speeds(
      (r) => r.between(6, 48),
      (cast, agent, speed) => {
        cast.speed(agent, { ...METERED, times: cast.random.whole(1, 3) });
        cast.violates(agent, 'speeding', 'speeds', kept(60, 25, speed));
      },
    ),
  ),
  nearly(
    'speeding',
    'a-little-over',
    speeds(
      (r) => r.between(0.8, 4.2),
      (cast, agent) => {
        cast.speed(agent, METERED);
        cast.misses(agent, ['speeding'], 'a-little-over');
      },
    ),
  ),
  nearly(
    'speeding',
    'fast-but-uncertified',
    speeds(
      (r) => r.between(8, 40),
      (cast, agent) => {
        cast.speed(agent, { ...METERED, device: 'R24-9999' });
        cast.misses(agent, ['speeding'], 'fast-but-uncertified');
      },
    ),
  ),
  nearly(
    'speeding',
    'fast-but-unmeasured',
    speeds(
      (r) => r.between(8, 40),
      (cast, agent) => cast.misses(agent, ['speeding'], 'fast-but-unmeasured'),
    ),
  ),
  nearly(
    'speeding',
    'wild-reading',
    speeds(
      (r) => r.between(-15, -3),
      (cast, agent) => {
        cast.speed(agent, { ...METERED, times: 1, bias: cast.random.between(40, 70) });
        cast.misses(agent, ['speeding'], 'wild-reading');
      },
    ),
  ),
  nearly('speeding', 'two-in-the-beam', (cast, planner) => {
    const speed = kmh(cast.random.between(112, 135));
    const enters = planner.take([
      { lane: LANE.fast, at: 0, speed },
      { lane: LANE.slow, at: 0.2, speed },
    ]);
    const agent = comes(cast, { lane: 'fast', speed, enters });
    comes(cast, { lane: 'slow', speed, enters: enters + 0.2 });
    cast.speed(agent, { ...METERED, bare: true });
    cast.misses(agent, ['speeding'], 'two-in-the-beam');
  }),
];

/** In the slow lane, over into the emergency lane between two places, back again. */
const dips = (from: number, to: number, speed: number, offset: number): Driver =>
  script(
    { wish: { speed }, until: past(at(from)) },
    { wish: { speed, offset, indicator: 'right' }, until: past(at(to)) },
    { wish: { speed, offset: 0, indicator: 'left' } },
  );

const inEmergency =
  (least: number, most: number) =>
  ({ vehicle }: Happened): boolean => {
    const inside = vehicle.poses.filter(
      (pose) => pose.at[0] < -2.6 && Math.abs(pose.at[1]) < 95 && Math.abs(pose.at[1]) > 19,
    );
    const metres = Math.max(
      reach(inside.filter((pose) => pose.at[1] > 0)),
      reach(inside.filter((pose) => pose.at[1] < 0)),
    );
    return metres >= least && metres <= most;
  };
const reach = (poses: readonly { at: readonly [number, number] }[]): number =>
  poses.length < 2 ? 0 : Math.max(...poses.map((p) => p.at[1])) - Math.min(...poses.map((p) => p.at[1]));

const emergencyLane: readonly Role[] = [
  breaks('emergency-lane', 'drives-emergency-lane', (cast, planner) => {
    const r = cast.random;
    const speed = r.between(12, 25);
    const agent = calmly(cast, planner, {
      kind: r.pick(['car', 'car', 'bus', 'truck'] as const),
      lane: 'emergency',
      speed: Math.min(speed, 21),
    });
    cast.violates(agent, 'emergency-lane', 'drives-emergency-lane', inEmergency(35, 999));
  }),
  breaks('emergency-lane', 'undertakes', (cast, planner) => {
    const speed = cast.random.between(20, 26);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.emergency, at: 0, speed },
      { lane: CALM, at: 0, speed },
    ]);
    const agent = comes(cast, {
      speed,
      enters,
      driver: dips(cast.random.between(95, 115), cast.random.between(-60, 10), speed, EMERGENCY),
    });
    cast.violates(agent, 'emergency-lane', 'undertakes', inEmergency(35, 999));
  }),
  nearly('emergency-lane', 'wheels-on-the-edge-line', (cast, planner) => {
    const speed = cast.random.between(20, 25);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.emergency, at: 0, speed },
    ]);
    const agent = comes(cast, {
      speed,
      enters,
      driver: dips(110, -110, speed, cast.random.between(0.9, 1.25)),
    });
    cast.misses(agent, ['emergency-lane'], 'wheels-on-the-edge-line');
  }),
  nearly(['emergency-lane', 'wrong-lane'], 'pushed-aside-by-an-obstacle', (cast, planner) => {
    const r = cast.random;
    const speed = r.between(13, 17);
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 62 },
      { lane: LANE.emergency, from: 0, to: 62 },
      { lane: CALM, from: 0, to: 62 },
    ]);
    const y = r.between(32, 48);
    const broken = comes(cast, {
      kind: r.pick(['car', 'truck'] as const),
      speed: 20,
      enters,
      driver: script(
        { wish: { speed: 20, stopAt: at(y) }, until: stands },
        { wish: { speed: 0, indicator: 'hazard' }, until: after(30) },
        { wish: { speed: 22 } },
      ),
    });
    cast.code(broken, 'hazard-lamps', { every: 5, when: (pose) => Math.abs(pose.speed) < 3 });
    cast.misses(broken, ['stopping'], 'broken-down-in-lane');
    for (const later of [13, 19]) {
      const agent = comes(cast, {
        speed,
        enters: enters + later,
        driver: dips(y + 66, y - 24, speed, EMERGENCY),
      });
      cast.misses(agent, ['emergency-lane', 'stopping'], 'pushed-aside-by-an-obstacle', flows);
    }
  }),
  nearly('emergency-lane', 'ambulance-on-duty', (cast, planner) => {
    const speed = cast.random.between(18, 26);
    const agent = onDuty(
      cast,
      passes(cast, planner, {
        style: 'van',
        lane: 'emergency',
        speed,
        driver: () => ({ speed, beacon: true }),
      }),
      'ambulance',
    );
    cast.misses(agent, ['emergency-lane'], 'ambulance-on-duty');
  }),
  nearly('emergency-lane', 'short-dip', (cast, planner) => {
    const speed = cast.random.between(19, 24);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.emergency, at: 0, speed },
    ]);
    const agent = comes(cast, { speed, enters, driver: dips(60, 42, speed, 2.4) });
    cast.misses(agent, ['emergency-lane'], 'short-dip', inEmergency(0, 19));
  }),
  nearly(['emergency-lane', 'forbidden-class', 'wrong-lane'], 'bicycle-on-the-shoulder', (cast, planner) => {
    const speed = cast.random.between(5, 7);
    const agent = passes(cast, planner, { kind: 'bicycle', lane: 'emergency', speed });
    cast.misses(agent, ['emergency-lane', 'forbidden-class'], 'bicycle-on-the-shoulder');
  }),
];

function onDuty(cast: Cast, agent: Agent, livery: 'police' | 'ambulance' | 'fire'): Agent {
  Object.assign(agent.looks, { roof: 'light-bar', livery });
  cast.code(agent, 'on-duty', { every: 5 });
  return agent;
}

function against(
  cast: Cast,
  planner: Planner,
  lane: LaneName,
  speed: number,
  looks: { kind?: VehicleKind; style?: BodyStyle },
  wish: Partial<Wish> = {},
): Agent {
  const enters = planner.take([{ lane: LANE[lane], from: 0, to: ROAD_METRES / speed + 1 }]);
  return cast.add({
    looks: cast.vehicle(looks.kind ?? 'car', looks.style),
    path: straight([X[lane], -START], [0, 1]),
    driver: () => ({ speed, ...wish }),
    enters,
    leavesAt: ROAD_METRES,
    speed,
  });
}

const wrongWay: readonly Role[] = [
  breaks('wrong-way', 'drives-against', (cast, planner) => {
    const r = cast.random;
    const agent = against(
      cast,
      planner,
      r.pick(['emergency', 'emergency', 'fast'] as const),
      r.between(9, 20),
      { kind: r.pick(['car', 'car', 'truck'] as const) },
    );
    cast.violates(agent, 'wrong-way', 'drives-against');
  }),
  nearly('wrong-way', 'police-against', (cast, planner) => {
    const agent = onDuty(
      cast,
      against(cast, planner, 'emergency', cast.random.between(9, 16), { style: 'suv' }, { beacon: true }),
      'police',
    );
    cast.misses(agent, ['wrong-way'], 'police-against');
  }),
];

/** Into the emergency lane, stop with the bow at y, do something there, drive on. */
function pullsOver(
  cast: Cast,
  planner: Planner,
  seconds: number,
  y: number,
  there: readonly ScriptStep[],
  stopWish: Partial<Wish> = {},
  kind: VehicleKind = 'car',
): Agent {
  const speed = 20;
  const enters = planner.take([
    { lane: CALM, from: 0, to: 26 + seconds },
    { lane: LANE.emergency, from: 0, to: 26 + seconds },
    { lane: LANE.slow, from: 0, to: 9 },
    { lane: LANE.slow, from: 8 + seconds, to: 30 + seconds },
  ]);
  return comes(cast, {
    kind,
    speed,
    enters,
    driver: script(
      { wish: { speed }, until: past(at(118)) },
      {
        wish: { speed: 17, offset: EMERGENCY, indicator: stopWish.indicator ?? 'right', stopAt: at(y) },
        until: (me) => Math.abs(me.offset - EMERGENCY) < 0.3,
      },
      { wish: { speed: 15, offset: EMERGENCY, stopAt: at(y), ...stopWish }, until: stands },
      ...there,
      { wish: { speed: 10, offset: EMERGENCY, indicator: 'left' }, until: (me) => me.speed > 8 },
      { wish: { speed: 20, offset: 0, indicator: 'left' } },
    ),
  });
}
const waits = (seconds: number, wish: Partial<Wish> = {}) => [
  { wish: { speed: 0, ...wish }, until: after(seconds) },
];

const backs = (metres: number, speed: number, wish: Partial<Wish> = {}) => {
  let from: number | null = null;
  return [
    { wish: { speed: 0, ...wish }, until: after(1.5) },
    {
      wish: { speed, backwards: true, ...wish },
      until: (me: Agent) => {
        from ??= me.s;
        return me.s <= from - metres;
      },
    },
    { wish: { speed: 0, ...wish }, until: stands },
    { wish: { speed: 0, ...wish }, until: after(1.5) },
  ];
};

const reversing: readonly Role[] = [
  breaks('reversing', 'reverses', (cast, planner) => {
    const r = cast.random;
    const metres = r.between(8, 22);
    const agent = pullsOver(
      cast,
      planner,
      metres / 2 + 8,
      r.between(25, 38),
      backs(metres, r.between(1.6, 3)),
      { indicator: 'hazard' },
      r.pick(['car', 'car', 'truck'] as const),
    );
    cast.code(agent, 'hazard-lamps', { every: 6, when: (pose) => Math.abs(pose.speed) < 4 });
    cast.violates(agent, 'reversing', 'reverses');
    cast.misses(agent, ['wrong-way'], 'reverses');
  }),
  nearly(['reversing', 'wrong-way'], 'rolls-back-a-little', (cast, planner) => {
    const agent = pullsOver(
      cast,
      planner,
      9,
      cast.random.between(25, 50),
      backs(cast.random.between(0.8, 2.6), 1),
      { indicator: 'hazard' },
    );
    cast.code(agent, 'hazard-lamps', { every: 6, when: (pose) => Math.abs(pose.speed) < 4 });
    cast.misses(agent, ['reversing', 'wrong-way'], 'rolls-back-a-little');
  }),
  nearly('reversing', 'police-reverses', (cast, planner) => {
    const agent = pullsOver(
      cast,
      planner,
      16,
      cast.random.between(25, 38),
      backs(12, 2.4, { beacon: true }),
      { indicator: 'hazard', beacon: true },
    );
    onDuty(cast, agent, 'police');
    cast.misses(agent, ['reversing', 'stopping', 'emergency-lane'], 'police-reverses');
  }),
];

const stopping: readonly Role[] = [
  breaks('stopping', 'stops-in-emergency-lane', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 24);
    const agent = pullsOver(
      cast,
      planner,
      seconds,
      r.between(24, 60),
      waits(seconds),
      {},
      r.pick(['car', 'car', 'bus', 'truck'] as const),
    );
    cast.violates(agent, 'stopping', 'stops-in-emergency-lane');
    cast.misses(agent, ['emergency-lane'], 'stops-in-emergency-lane');
  }),
  breaks('stopping', 'stops-in-lane', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 18);
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 32 + seconds },
      { lane: CALM, from: 0, to: 32 + seconds },
    ]);
    const agent = comes(cast, {
      kind: r.pick(['car', 'truck'] as const),
      speed: 19,
      enters,
      driver: script(
        { wish: { speed: 19, stopAt: at(r.between(34, 52)) }, until: stands },
        ...waits(seconds),
        { wish: { speed: 20 } },
      ),
    });
    cast.violates(agent, 'stopping', 'stops-in-lane');
  }),
  nearly(['stopping', 'emergency-lane'], 'breakdown-with-hazard-lamps', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 24);
    const agent = pullsOver(
      cast,
      planner,
      seconds,
      r.between(24, 60),
      waits(seconds, { indicator: 'hazard' }),
      { indicator: 'hazard' },
      r.pick(['car', 'bus', 'truck'] as const),
    );
    cast.code(agent, 'hazard-lamps', { every: 5, when: (pose) => pose.speed < 8 });
    cast.misses(agent, ['stopping', 'emergency-lane'], 'breakdown-with-hazard-lamps');
  }),
  nearly('stopping', 'short-stop', (cast, planner) => {
    const agent = pullsOver(
      cast,
      planner,
      4,
      cast.random.between(26, 60),
      waits(cast.random.between(1.5, 4.5)),
    );
    cast.misses(agent, ['stopping'], 'short-stop');
  }),
  nearly(['stopping', 'below-minimum', 'too-close'], 'stands-in-a-queue', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(14, 20);
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 50 + seconds },
      { lane: CALM, from: 0, to: 50 + seconds },
    ]);
    const head = comes(cast, {
      speed: 19,
      enters,
      driver: script(
        { wish: { speed: 19, stopAt: at(r.between(24, 34)) }, until: stands },
        ...waits(seconds, { indicator: 'hazard' }),
        { wish: { speed: 20 } },
      ),
    });
    cast.code(head, 'hazard-lamps', { every: 5, when: (pose) => pose.speed < 8 });
    cast.misses(head, ['stopping'], 'broken-down-in-lane');
    for (const later of [3.5, 7]) {
      const agent = comes(cast, {
        kind: r.pick(['car', 'truck', 'bus'] as const),
        speed: 19,
        enters: enters + later,
      });
      cast.misses(agent, ['stopping', 'too-close'], 'stands-in-a-queue');
    }
  }),
];

const rides =
  (speed: number): Driver =>
  () => ({ speed });
const forbiddenClass: readonly Role[] = [
  breaks('forbidden-class', 'motorcycle-on-expressway', (cast, planner) => {
    const r = cast.random;
    const lane = r.pick(['emergency', 'emergency', 'slow'] as const);
    const speed = r.between(12, 20);
    const agent = passes(cast, planner, { kind: 'motorcycle', lane, speed, driver: rides(speed) });
    cast.violates(agent, 'forbidden-class', 'motorcycle-on-expressway');
    cast.misses(agent, ['emergency-lane'], 'motorcycle-on-expressway');
  }),
  nearly('forbidden-class', 'motorcycle-on-duty', (cast, planner) => {
    const speed = cast.random.between(14, 22);
    const agent = onDuty(
      cast,
      passes(cast, planner, {
        kind: 'motorcycle',
        lane: 'emergency',
        speed,
        driver: () => ({ speed, beacon: true }),
      }),
      'police',
    );
    cast.misses(agent, ['forbidden-class', 'emergency-lane'], 'motorcycle-on-duty');
  }),
  nearly('forbidden-class', 'small-car', (cast, planner) =>
    cast.misses(
      passes(cast, planner, { style: 'hatchback', speed: cast.random.between(19, 24) }),
      ['forbidden-class'],
      'small-car',
    ),
  ),
];

/** Between two lanes over the line at x = 1.5, with its middle over it at about y. */
function changes(
  cast: Cast,
  planner: Planner,
  options: { y: number; to: LaneName; kind?: VehicleKind; speed?: number; deep?: number },
): Agent {
  const from: LaneName = options.to === 'fast' ? 'slow' : 'fast';
  const speed = options.speed ?? cast.random.between(20, 25);
  const enters = planner.take([
    { lane: LANE.slow, at: 0, speed },
    { lane: LANE.fast, at: 0, speed },
    { lane: CALM, at: 0, speed },
  ]);
  const offset = (X[from] - X[options.to]) * (options.deep ?? 1);
  // The middle reaches the line about a second after the wheel is turned.
  const turn = at(options.y) - speed * 1.55;
  return comes(cast, {
    kind: options.kind ?? 'car',
    lane: from,
    speed,
    enters,
    driver: script(
      { wish: { speed }, until: past(turn) },
      { wish: { speed, offset, indicator: options.to === 'fast' ? 'left' : 'right' } },
    ),
  });
}
const crossesAt =
  (from: number, to: number) =>
  ({ vehicle }: Happened): boolean => {
    const i = vehicle.poses.findIndex(
      (pose, k) => k > 0 && (pose.at[0] - 1.5) * (vehicle.poses[k - 1]!.at[0] - 1.5) <= 0,
    );
    return i > 0 && vehicle.poses[i]!.at[1] >= from && vehicle.poses[i]!.at[1] <= to;
  };

const solidLine: readonly Role[] = [
  breaks('solid-line', 'crosses-solid-line', (cast, planner) => {
    const r = cast.random;
    const front = r.chance(0.6);
    const agent = changes(cast, planner, {
      y: front ? r.between(31, 39) : r.between(-38, -30),
      to: r.pick(['fast', 'slow'] as const),
    });
    cast.violates(agent, 'solid-line', 'crosses-solid-line', front ? crossesAt(28, 42) : crossesAt(-41, -24));
  }),
  nearly('solid-line', 'crosses-dashed-line', (cast, planner) => {
    const r = cast.random;
    const agent = changes(cast, planner, { y: r.between(56, 80), to: r.pick(['fast', 'slow'] as const) });
    cast.misses(agent, ['solid-line'], 'crosses-dashed-line', crossesAt(50, 100));
  }),
  nearly('solid-line', 'wheels-on-the-line', (cast, planner) => {
    const agent = changes(cast, planner, { y: 60, to: 'fast', deep: cast.random.between(0.24, 0.34) });
    cast.misses(agent, ['solid-line'], 'wheels-on-the-line');
  }),
];

const wrongLane: readonly Role[] = [
  breaks('wrong-lane', 'lorry-in-the-fast-lane', (cast, planner) => {
    const agent = calmly(cast, planner, {
      kind: 'truck',
      lane: 'fast',
      speed: cast.random.between(18.5, 21),
    });
    cast.violates(agent, 'wrong-lane', 'lorry-in-the-fast-lane');
  }),
  nearly(['wrong-lane', 'solid-line'], 'lorry-round-an-obstacle', (cast, planner) => {
    const r = cast.random;
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 55 },
      { lane: LANE.fast, from: 6, to: 38 },
      { lane: CALM, from: 0, to: 55 },
    ]);
    const y = r.between(34, 46);
    const broken = comes(cast, {
      speed: 20,
      enters,
      driver: script(
        { wish: { speed: 20, stopAt: at(y) }, until: stands },
        ...waits(22, { indicator: 'hazard' }),
        { wish: { speed: 22 } },
      ),
    });
    cast.code(broken, 'hazard-lamps', { every: 5, when: (pose) => pose.speed < 8 });
    cast.misses(broken, ['stopping'], 'broken-down-in-lane');
    const speed = r.between(13, 16);
    const agent = comes(cast, {
      kind: 'truck',
      speed,
      enters: enters + 11,
      driver: dips(y + 66, y - 30, speed, X.slow - X.fast),
    });
    cast.misses(agent, ['wrong-lane', 'solid-line'], 'lorry-round-an-obstacle', flows);
  }),
  nearly('wrong-lane', 'lorry-drifts-over', (cast, planner) => {
    const speed = cast.random.between(18.5, 21);
    const enters = planner.take([
      { lane: LANE.slow, at: 0, speed },
      { lane: LANE.fast, at: 0, speed },
    ]);
    const agent = comes(cast, {
      kind: 'truck',
      style: 'small-truck',
      speed,
      enters,
      driver: dips(88, 72, speed, -cast.random.between(1.9, 2.3)),
    });
    cast.misses(agent, ['wrong-lane', 'solid-line'], 'lorry-drifts-over', ({ vehicle }) => {
      const over = vehicle.poses.filter((pose) => pose.at[0] > 1.5);
      return reach(over) < 26 && over.every((pose) => pose.at[1] > 48);
    });
  }),
  nearly('wrong-lane', 'fire-engine-on-duty', (cast, planner) => {
    const speed = cast.random.between(19, 22);
    const agent = onDuty(
      cast,
      passes(cast, planner, {
        style: 'flatbed-truck',
        kind: 'truck',
        lane: 'fast',
        speed,
        driver: () => ({ speed, beacon: true }),
      }),
      'fire',
    );
    cast.misses(agent, ['wrong-lane'], 'fire-engine-on-duty');
  }),
];

/** Two cars of which the second keeps a gap of some metres. */
function pair(
  cast: Cast,
  planner: Planner,
  speed: number,
  gap: number,
  cutIn = false,
): { leader: Agent; follower: Agent } {
  const needs = [
    { lane: LANE.fast, at: 0, speed },
    { lane: LANE.fast, at: 4, speed },
  ];
  const enters = planner.take(
    cutIn ? [...needs, { lane: LANE.slow, at: 0, speed }, { lane: LANE.slow, at: 3, speed }] : needs,
  );
  const over = X.slow - X.fast;
  const leader = cutIn
    ? comes(cast, {
        lane: 'slow',
        speed,
        enters,
        driver: script(
          { wish: { speed }, until: past(at(122)) },
          { wish: { speed, offset: over, indicator: 'left' } },
        ),
      })
    : comes(cast, { lane: 'fast', speed, enters });
  const looks = cast.vehicle('car');
  const behind = (leader.looks.size.length + looks.size.length) / 2 + gap;
  const follower = cast.add({
    looks,
    path: straight([X.fast, START], [0, -1]),
    driver: () => ({ speed, blind: true }),
    enters: enters + behind / speed,
    leavesAt: ROAD_METRES,
    speed,
  });
  return { leader, follower };
}
const RANGED = { cameraId: CAMERA, device: RANGE, from: 74, to: 26, every: 4 };

const tooClose: readonly Role[] = [
  breaks('too-close', 'follows-too-close', (cast, planner) => {
    const r = cast.random;
    const { leader, follower } = pair(cast, planner, kmh(r.between(72, 97)), r.between(10, 24));
    cast.distance(follower, leader, RANGED);
    cast.speed(follower, { ...METERED, times: 4 });
    cast.violates(follower, 'too-close', 'follows-too-close');
  }),
  nearly('too-close', 'keeps-its-distance', (cast, planner) => {
    const r = cast.random;
    const speed = kmh(r.between(66, 78));
    const { leader, follower } = pair(cast, planner, speed, r.between(60.5, 66));
    cast.distance(follower, leader, RANGED);
    cast.speed(follower, { ...METERED, times: 4 });
    // Whoever was ahead of the leader must not have slowed it down.
    const steady = (): boolean => leader.poses.every((pose) => Math.abs(pose.speed - speed) < 0.3);
    cast.misses(follower, ['too-close'], 'keeps-its-distance', steady);
  }),
  nearly('too-close', 'slow-and-close', (cast, planner) => {
    const r = cast.random;
    const { leader, follower } = pair(cast, planner, kmh(r.between(38, 56)), r.between(12, 25));
    cast.distance(follower, leader, RANGED);
    cast.speed(follower, { ...METERED, device: 'R24-0001', times: 4 });
    cast.misses(follower, ['too-close'], 'slow-and-close');
    cast.misses(follower, ['below-minimum'], 'slow-behind-another');
  }),
  nearly('too-close', 'uncertified-distance', (cast, planner) => {
    const r = cast.random;
    const { leader, follower } = pair(cast, planner, kmh(r.between(72, 97)), r.between(10, 24));
    cast.distance(follower, leader, { ...RANGED, device: 'L10-9999' });
    cast.speed(follower, { ...METERED, times: 4 });
    cast.misses(follower, ['too-close'], 'uncertified-distance');
  }),
  nearly('too-close', 'one-short-reading', (cast, planner) => {
    const r = cast.random;
    const { leader, follower } = pair(cast, planner, kmh(r.between(72, 97)), r.between(10, 24));
    cast.distance(follower, leader, { ...RANGED, most: 1 });
    cast.speed(follower, { ...METERED, times: 4 });
    cast.misses(follower, ['too-close'], 'one-short-reading');
  }),
  nearly('too-close', 'cut-in-upon', (cast, planner) => {
    const r = cast.random;
    const { leader, follower } = pair(cast, planner, kmh(r.between(76, 95)), r.between(12, 20), true);
    cast.distance(follower, leader, { ...RANGED, from: 60 });
    cast.speed(follower, { ...METERED, times: 4 });
    cast.misses(follower, ['too-close'], 'cut-in-upon');
  }),
];

const belowMinimum: readonly Role[] = [
  breaks('below-minimum', 'crawls-along', (cast, planner) => {
    const r = cast.random;
    const speed = kmh(r.between(34, 53));
    const agent = passes(cast, planner, { kind: r.pick(['car', 'truck'] as const), speed });
    cast.speed(agent, METERED);
    cast.violates(agent, 'below-minimum', 'crawls-along', kept(60, 25, speed));
  }),
  nearly('below-minimum', 'just-above-the-minimum', (cast, planner) => {
    const speed = kmh(cast.random.between(61.5, 66));
    const agent = passes(cast, planner, { speed });
    cast.speed(agent, METERED);
    cast.misses(agent, ['below-minimum'], 'just-above-the-minimum', kept(60, 25, speed));
  }),
  nearly('below-minimum', 'within-the-meters-error', (cast, planner) => {
    const speed = kmh(cast.random.between(57.8, 59.4));
    const agent = passes(cast, planner, { speed });
    cast.speed(agent, METERED);
    cast.misses(agent, ['below-minimum'], 'within-the-meters-error', kept(60, 25, speed));
  }),
  nearly('below-minimum', 'limps-with-hazard-lamps', (cast, planner) => {
    const speed = kmh(cast.random.between(34, 52));
    const agent = passes(cast, planner, { speed, driver: () => ({ speed, indicator: 'hazard' }) });
    cast.code(agent, 'hazard-lamps', { every: 4 });
    cast.speed(agent, METERED);
    cast.misses(agent, ['below-minimum'], 'limps-with-hazard-lamps');
  }),
  nearly('below-minimum', 'slow-but-uncertified', (cast, planner) => {
    const agent = passes(cast, planner, { speed: kmh(cast.random.between(34, 52)) });
    cast.speed(agent, { ...METERED, device: 'R24-9999' });
    cast.misses(agent, ['below-minimum'], 'slow-but-uncertified');
  }),
];

function claimed(rule: string, options: Parameters<Cast['code']>[2]) {
  return (cast: Cast, planner: Planner): Agent => {
    const agent = passes(cast, planner, {
      kind: cast.random.pick(['car', 'car', 'truck'] as const),
      speed: cast.random.between(19, 21.5),
    });
    cast.code(agent, rule, { every: 2, when: (pose) => pose.at[1] > 15 && pose.at[1] < 45, ...options });
    return agent;
  };
}
const cabin = (rule: string): readonly Role[] => [
  breaks(rule, `no-${rule}`, (cast, planner) =>
    cast.violates(claimed(rule, { region: true, most: 4 })(cast, planner), rule, `${rule}-shown`),
  ),
  nearly(rule, `${rule}-without-pictures`, (cast, planner) =>
    cast.misses(claimed(rule, { most: 4 })(cast, planner), [rule], `${rule}-without-pictures`),
  ),
  nearly(rule, `${rule}-in-one-frame`, (cast, planner) =>
    cast.misses(claimed(rule, { region: true, most: 1 })(cast, planner), [rule], `${rule}-in-one-frame`),
  ),
  nearly(rule, `${rule}-unsure`, (cast, planner) =>
    cast.misses(
      claimed(rule, { region: true, most: 4, confidence: cast.random.between(0.3, 0.72) })(cast, planner),
      [rule],
      `${rule}-unsure`,
    ),
  ),
];

export const roles: readonly Role[] = [
  ...speeding,
  ...emergencyLane,
  ...wrongWay,
  ...reversing,
  ...stopping,
  ...forbiddenClass,
  ...solidLine,
  ...wrongLane,
  ...tooClose,
  ...belowMinimum,
  ...cabin('seat-belt'),
  ...cabin('phone'),
];
