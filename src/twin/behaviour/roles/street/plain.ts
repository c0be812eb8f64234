import type { Cast } from '../../cast.js';
import type { Planner } from '../../planner.js';
import { METERED, passes, type LaneName } from './road.js';

/** Lawful traffic, mostly motorcycles. */
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
