import type { Cast } from '../../cast.js';
import { straight } from '../../path.js';
import { ROAD_METRES, type Planner } from '../../planner.js';
import { METERED, passes, START, type LaneName } from './road.js';

/** Lawful traffic of the near carriageway. */
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
