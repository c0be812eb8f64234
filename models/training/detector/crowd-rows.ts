import type { ScenePose, SceneVehicle } from '../../../src/twin/behaviour/types.js';
import type { Random } from '../../../src/twin/scene/random.js';
import { twinSites, type TwinSiteName } from '../../../src/twin/sites/index.js';
import { CROSS } from '../../../src/twin/sites/junction.js';

/** A line along which vehicles stand or drive: along y at an x, or for a crossing road along x at a y. */
interface Row {
  readonly x: number;
  /** Which way the bows point. */
  readonly way: 1 | -1;
  readonly crossing?: boolean;
}

/** The lanes of a site, and the two sides of a junction's crossing road, which no lane of it is. */
export function rowsOf(name: TwinSiteName): Row[] {
  const lanes = twinSites[name].site.lanes.map(({ area, direction }): Row => {
    const xs = area.map(([x]) => x);
    return { x: (Math.min(...xs) + Math.max(...xs)) / 2, way: direction[1] > 0 ? 1 : -1 };
  });
  const quarter = (CROSS.to - CROSS.from) / 4;
  const crossing: Row[] = [
    { x: CROSS.from + quarter, way: 1, crossing: true },
    { x: CROSS.to - quarter, way: -1, crossing: true },
  ];
  return name === 'junction' ? [...lanes, ...crossing] : lanes;
}

/** A metre of air between bumpers at least, and this much more at most. */
const MOST_AIR = 14;

/** One frame: the pool's vehicles in a random order, bumper behind bumper in the rows; who finds no room stays off the road. */
export function arrange(
  random: Random,
  pool: readonly SceneVehicle[],
  rows: readonly Stretch[],
): Map<string, ScenePose> {
  const placed = new Map<string, ScenePose>();
  const taken: Rectangle[] = [];
  const left = shuffled(random, pool);
  const order = rows.filter(() => !random.chance(0.15));
  const next = order.map(({ from }) => from + random.next() * 14);
  for (let turn = 0; left.length > 0 && turn < 60; turn++) {
    const k = random.whole(0, order.length - 1);
    const row = order[k];
    if (row === undefined || next[k]! > row.to) continue;
    const vehicle = left.pop()!;
    const { length, width } = vehicle.size;
    const middle = next[k]! + length / 2;
    next[k] = next[k]! + length + 1 + random.next() ** 2 * MOST_AIR;
    const aside = (random.next() - 0.5) * (length < 2.5 ? 2.2 : 0.9);
    const turned = (random.next() - 0.5) * (random.chance(0.12) ? 0.5 : 0.06);
    const [hx, hy] = row.crossing === true ? [row.way, 0] : [0, row.way];
    const at: [number, number] = row.crossing === true ? [middle, row.x + aside] : [row.x + aside, middle];
    const [wide, deep] = row.crossing === true ? [length, width] : [width, length];
    const mine = { at, wide: wide + 0.3, deep: deep + 0.3 };
    if (taken.some((other) => meet(mine, other))) continue;
    taken.push(mine);
    placed.set(vehicle.id, {
      at,
      heading: [hx * Math.cos(turned) - hy * Math.sin(turned), hx * Math.sin(turned) + hy * Math.cos(turned)],
      speed: random.chance(0.3) ? 0 : random.next() * 16,
      lane: null,
      braking: random.chance(0.2),
      indicator: random.chance(0.1) ? random.pick(['left', 'right', 'hazard'] as const) : null,
      beacon: false,
    });
  }
  return placed;
}

export interface Stretch extends Row {
  readonly from: number;
  readonly to: number;
}
interface Rectangle {
  readonly at: readonly [number, number];
  readonly wide: number;
  readonly deep: number;
}
const meet = (a: Rectangle, b: Rectangle): boolean =>
  Math.abs(a.at[0] - b.at[0]) < (a.wide + b.wide) / 2 && Math.abs(a.at[1] - b.at[1]) < (a.deep + b.deep) / 2;

/** Fisher and Yates. */
function shuffled<T>(random: Random, items: readonly T[]): T[] {
  const left = [...items];
  for (let i = left.length - 1; i > 0; i--) {
    const k = random.whole(0, i);
    [left[i], left[k]] = [left[k]!, left[i]!];
  }
  return left;
}
