import { past, script, type Cast } from '../../cast.js';
import type { Agent } from '../../drive.js';
import { straight } from '../../path.js';
import { ROAD_METRES, type Planner } from '../../planner.js';
import { kmh } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { at, CAMERA, comes, LANE, METERED, RANGE, START, X } from './road.js';

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
/** Whoever was ahead of the leader did not slow it down before the end of what the devices see, so that the gap stayed as written. */
const steady = (leader: Agent) => (): boolean =>
  leader.poses
    .filter((pose) => pose.at[1] >= -50)
    .every((pose, _, all) => Math.abs(pose.speed - all[0]!.speed) < 0.3);
const RANGED = { cameraId: CAMERA, device: RANGE, from: 74, to: 26, every: 4 };

export const tooClose: readonly Role[] = [
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
    cast.misses(follower, ['too-close'], 'keeps-its-distance', steady(leader));
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
