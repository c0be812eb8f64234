import { ROAD_METRES } from '../../planner.js';
import { oneWayRoad } from '../one-way-road.js';

/** Middles of the lanes. */
export const X = { emergency: -3.75, slow: -0.375, fast: 3.375 };
export type LaneName = keyof typeof X;
export const LANE: Readonly<Record<LaneName, string>> = {
  emergency: 'lan-khan-cap',
  slow: 'lan-2',
  fast: 'lan-1',
};
export const CAMERA = 'ct20-truoc';
export const RANGE = 'L10-0001';
export const METERED = { cameraId: CAMERA, device: 'R24-0001', from: 55, to: 28 };
/** What whoever stands in a lane with hazard lamps is called. */
export const BROKEN = 'broken-down-in-lane';
export const START = 140;
/** Metres to the right from the slow lane into the emergency lane. */
export const EMERGENCY = X.slow - X.emergency;

export const { at, comes, passes, calmly, against, changes, breaksDown } = oneWayRoad<LaneName>({
  x: X,
  ids: LANE,
  usual: 'slow',
  start: START,
  metres: ROAD_METRES,
});
