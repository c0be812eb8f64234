import { oneWayRoad } from '../one-way-road.js';

/** Middles of the lanes. */
export const X = { moto: -3.5, mixed: 0, cars: 3.5 };
export type LaneName = keyof typeof X;
export const LANE: Readonly<Record<LaneName, string>> = {
  moto: 'lan-xe-may',
  mixed: 'lan-hon-hop',
  cars: 'lan-o-to',
};
export const METERED = { cameraId: 'pho02-truoc', device: 'R24-0021', from: 45, to: 24 };
export const METRES = 220;

export const { at, comes, passes, calmly, against, changes, breaksDown } = oneWayRoad<LaneName>({
  x: X,
  ids: LANE,
  usual: 'mixed',
  start: 110,
  metres: METRES,
});
