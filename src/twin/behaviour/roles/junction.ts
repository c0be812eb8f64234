import type { VehicleKind } from '../../../vision/observation.js';
import type { BodyStyle, LampState } from '../../picture-spec.js';
import { STOP_Y } from '../../sites/junction.js';
import { after, script, stands, type Cast, type Happened } from '../cast.js';
import type { Agent, Driver } from '../drive.js';
import { straight, turning, type Path } from '../path.js';
import type { Planner } from '../planner.js';
import { FPS } from '../simulate.js';
import { breaks, nearly, type Role } from './role.js';

/** The signal's programme, seconds. A cycle begins with green. */
const GREEN = 14;
const AMBER = 3;
const RED = 20;
export const CYCLE = GREEN + AMBER + RED;
const SIGNAL = 'den-chinh';

const X = { left: -3.5, middle: 0, right: 3.5 };
type LaneName = keyof typeof X;
const START = -60;
const METRES = 170;
/** Metres of path to the stop line. */
const LINE = STOP_Y - START;

export const stateAt = (seconds: number): LampState => {
  const t = ((seconds % CYCLE) + CYCLE) % CYCLE;
  return t < GREEN ? 'green' : t < GREEN + AMBER ? 'amber' : 'red';
};
export const programme = (frames: number): Record<string, LampState[]> => ({
  [SIGNAL]: Array.from({ length: frames }, (_, i) => stateAt(i / FPS)),
});

/** Each lane of each cycle belongs to one script or to plain traffic, in the order in which they ask. */
interface Slot {
  readonly cycle: number;
  readonly lane: LaneName;
}
const taken = new WeakMap<Planner, Set<string>>();
function slot(planner: Planner, lanes: readonly LaneName[], wide = false): Slot {
  let mine = taken.get(planner);
  if (mine === undefined) taken.set(planner, (mine = new Set()));
  for (let cycle = 0; ; cycle++) {
    for (const lane of lanes) {
      const keys = (wide ? (Object.keys(X) as LaneName[]) : [lane]).map((one) => `${cycle} ${one}`);
      if (keys.some((key) => mine.has(key))) continue;
      keys.forEach((key) => mine.add(key));
      planner.end = Math.max(planner.end, (cycle + 1) * CYCLE + 8);
      return { cycle, lane };
    }
  }
}
const redFrom = (cycle: number): number => cycle * CYCLE + GREEN + AMBER;

interface Coming {
  readonly lane: LaneName;
  readonly kind?: VehicleKind | 'bicycle';
  readonly style?: BodyStyle;
  readonly speed: number;
  /** Seconds at which the bow reaches the stop line, if nothing hinders. */
  readonly arrives: number;
  readonly driver?: Driver;
  readonly path?: Path;
  readonly aside?: number;
}
function comes(cast: Cast, who: Coming): Agent | null {
  const looks = cast.vehicle(who.kind ?? 'car', who.style);
  const enters = who.arrives - (LINE - looks.size.length / 2) / who.speed;
  if (enters < 0) return null;
  return cast.add({
    looks,
    path: who.path ?? straight([X[who.lane] + (who.aside ?? 0), START], [0, 1]),
    driver: who.driver ?? lawful(who.speed),
    enters,
    leavesAt: METRES,
    speed: who.speed,
  });
}

/** Stops at amber if that can be done, and at red; goes on green. */
export function lawful(speed: number): Driver {
  return (me, now) => {
    const left = LINE - (me.s + me.looks.size.length / 2);
    if (left < -0.1) return { speed };
    const state = stateAt(now);
    const needed = (me.speed * me.speed) / (2 * Math.max(0.5, left));
    const goes =
      state === 'green' || (me.memory.goes === 1 && state !== 'red') || (me.memory.goes === 1 && left < 0.5);
    if (state === 'amber' && me.memory.goes === undefined) me.memory.goes = needed > 3.2 ? 1 : 0;
    if (state === 'green') delete me.memory.goes;
    if (goes || me.memory.goes === 1) return { speed };
    return { speed, stopAt: LINE - 0.7 };
  };
}
/** Keeps on, whatever the lamp says. */
const heedless =
  (speed: number): Driver =>
  () => ({ speed, blind: true });

const turns = (lane: LaneName, side: 'left' | 'right', aside = 0): Path =>
  turning([X[lane] + aside, START], [0, 1], side === 'right' ? 98 : 104, side === 'right' ? 7 : 12, side);

/** When the bow passes the line, seconds, and the lamp then; null if it never does. */
function bowPasses({
  vehicle,
  lamps,
}: Happened): { frame: number; state: LampState; redFor: number; tailRed: boolean } | null {
  const bow = (i: number): number =>
    vehicle.poses[i]!.at[1] + vehicle.poses[i]!.heading[1] * (vehicle.size.length / 2);
  const i = vehicle.poses.findIndex((_, k) => bow(k) >= STOP_Y);
  if (i < 0) return null;
  const frame = vehicle.enters + i;
  const states = lamps[SIGNAL]!;
  let redFor = 0;
  while (frame - redFor >= 0 && states[frame - redFor] === 'red') redFor++;
  const tail = vehicle.poses.findIndex(
    (pose) => pose.at[1] - pose.heading[1] * (vehicle.size.length / 2) >= STOP_Y,
  );
  return {
    frame,
    state: states[frame]!,
    redFor: redFor / FPS,
    tailRed: tail >= 0 && states[vehicle.enters + tail] === 'red',
  };
}
const ranRed = (happened: Happened): boolean => {
  const passed = bowPasses(happened);
  return passed !== null && passed.state === 'red' && passed.redFor >= 0.6 && passed.tailRed;
};

export function plain(cast: Cast, planner: Planner): void {
  const r = cast.random;
  const { cycle, lane } = slot(planner, [
    r.pick(['left', 'middle', 'right'] as const),
    'left',
    'middle',
    'right',
  ]);
  queue(cast, cycle, lane, r.whole(1, 3));
}

/** Some that stop before the line and go on green, and one or two that pass on green before them. */
function queue(cast: Cast, cycle: number, lane: LaneName, count: number): void {
  const r = cast.random;
  const speed = r.between(9, 11);
  for (const early of [6, 3.4]) {
    const passing = comes(cast, {
      lane,
      kind: someKind(cast),
      speed,
      arrives: cycle * CYCLE + GREEN - early,
    });
    if (passing !== null)
      cast.misses(passing, ['red-light'], 'passes-on-green', (h) => bowPasses(h)?.state === 'green');
  }
  for (let i = 0; i < count; i++) {
    const agent = comes(cast, { lane, kind: someKind(cast), speed, arrives: redFrom(cycle) + 2 + i * 2.6 });
    if (agent !== null && i === 0)
      cast.misses(agent, ['red-light'], 'stops-before-the-line', (h) => bowPasses(h)?.state === 'green');
  }
}
const someKind = (cast: Cast): VehicleKind =>
  cast.random.pick(['car', 'car', 'motorcycle', 'motorcycle', 'truck', 'bus'] as const);

const redLight: readonly Role[] = [
  breaks('red-light', 'runs-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(8, 14);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'car', 'motorcycle', 'motorcycle', 'truck', 'bus'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.9, 13),
      driver: heedless(speed),
      aside: r.between(-0.6, 0.6),
    });
    if (agent !== null) cast.violates(agent, 'red-light', 'runs-red', ranRed);
  }),
  breaks('red-light', 'turns-left-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle } = slot(planner, ['left']);
    const speed = r.between(6.5, 9);
    const agent = comes(cast, {
      lane: 'left',
      kind: r.pick(['car', 'motorcycle'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.9, 11),
      driver: heedless(speed),
      path: turns('left', 'left'),
    });
    if (agent !== null) cast.violates(agent, 'red-light', 'turns-left-on-red', ranRed);
  }),
  breaks('red-light', 'stops-then-goes-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle']);
    const speed = r.between(9, 11);
    const wait = r.between(1, 4);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'motorcycle', 'motorcycle'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.8, 3),
      driver: script(
        { wish: { speed, stopAt: LINE - 0.7 }, until: stands },
        { wish: { speed: 0 }, until: after(wait) },
        { wish: { speed: 9, blind: true } },
      ),
    });
    if (agent !== null) cast.violates(agent, 'red-light', 'stops-then-goes-on-red', ranRed);
  }),
  nearly('red-light', 'stops-before-the-line', (cast, planner) => {
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    queue(cast, cycle, lane, 2);
  }),
  nearly('red-light', 'stops-on-the-line', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(8, 10);
    const over = r.between(0.4, 1.1);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'truck', 'bus'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(1, 6),
      driver: (_me, now) =>
        stateAt(now) === 'green' && now > redFrom(cycle) ? { speed } : { speed, stopAt: LINE + over },
    });
    if (agent !== null) cast.misses(agent, ['red-light'], 'stops-on-the-line');
  }),
  nearly('red-light', 'crosses-on-amber', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(9, 13);
    const agent = comes(cast, {
      lane,
      kind: someKind(cast),
      speed,
      arrives: redFrom(cycle) - r.between(0.35, 2.6),
      driver: heedless(speed),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'crosses-on-amber', (h) => bowPasses(h)?.state === 'amber');
  }),
  nearly('red-light', 'tail-under-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(8, 10);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['bus', 'truck'] as const),
      speed,
      arrives: redFrom(cycle) - r.between(0.12, 0.4),
      driver: heedless(speed),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'tail-under-red', (h) => bowPasses(h)?.state === 'amber');
  }),
  nearly('red-light', 'turns-right-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle } = slot(planner, ['right']);
    const speed = r.between(5.5, 8);
    const agent = comes(cast, {
      lane: 'right',
      kind: r.pick(['car', 'car', 'motorcycle', 'motorcycle', 'truck'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.6, 13),
      driver: heedless(speed),
      path: turns('right', 'right'),
    });
    if (agent !== null) cast.misses(agent, ['red-light'], 'turns-right-on-red');
  }),
  nearly('red-light', 'fire-engine-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle']);
    const speed = r.between(9, 13);
    const agent = comes(cast, {
      lane,
      kind: 'truck',
      style: 'box-truck',
      speed,
      arrives: redFrom(cycle) + r.between(1, 12),
      driver: () => ({ speed, blind: true, beacon: true }),
    });
    if (agent === null) return;
    Object.assign(agent.looks, { roof: 'light-bar', livery: 'fire' });
    cast.code(agent, 'on-duty', { every: 5 });
    cast.misses(agent, ['red-light'], 'fire-engine-on-red');
  }),
  nearly('red-light', 'caught-beyond-the-line', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle']);
    const speed = r.between(8, 10);
    const wait = r.between(3, 8);
    // Over the line on green, held up in the junction, on its way again under red.
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'motorcycle'] as const),
      speed,
      arrives: redFrom(cycle) - AMBER - r.between(0.4, 1.5),
      driver: script(
        { wish: { speed, blind: true, stopAt: LINE + 8 }, until: stands },
        { wish: { speed: 0 }, until: after(wait + AMBER) },
        { wish: { speed, blind: true } },
      ),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'caught-beyond-the-line', (h) => bowPasses(h)?.state !== 'red');
  }),
  nearly('red-light', 'starts-with-the-green', (cast, planner) => {
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const agent = comes(cast, {
      lane,
      kind: someKind(cast),
      speed: 10,
      arrives: redFrom(cycle) + cast.random.between(2, 15),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'starts-with-the-green', (h) => bowPasses(h)?.state === 'green');
  }),
];

export const roles: readonly Role[] = redLight;
