import type { VehicleKind } from '../../../../vision/observation.js';
import type { BodyStyle } from '../../../picture-spec.js';
import { STOP_Y } from '../../../sites/junction.js';
import type { Cast } from '../../cast.js';
import type { Agent, Driver } from '../../drive.js';
import { straight, turning, type Path } from '../../path.js';
import type { Planner } from '../../planner.js';
import { CYCLE, stateAt } from './signal.js';

/** Middles of the lanes; travel is +y. */
export const X = { left: -3.5, middle: 0, right: 3.5 };
export type LaneName = keyof typeof X;
const START = -60;
const METRES = 170;
/** Metres of path to the stop line. */
export const LINE = STOP_Y - START;

/** Each lane of each cycle belongs to one script or to plain traffic, in the order in which they ask. */
interface Slot {
  readonly cycle: number;
  readonly lane: LaneName;
}
const taken = new WeakMap<Planner, Set<string>>();
export function slot(planner: Planner, lanes: readonly LaneName[], wide = false): Slot {
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
export function comes(cast: Cast, who: Coming): Agent | null {
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
export const heedless =
  (speed: number): Driver =>
  () => ({ speed, blind: true });

export const turns = (lane: LaneName, side: 'left' | 'right', aside = 0): Path =>
  turning([X[lane] + aside, START], [0, 1], side === 'right' ? 98 : 104, side === 'right' ? 7 : 12, side);
