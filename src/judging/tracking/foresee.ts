import { dot, laneAt } from '../../sites/geometry.js';
import type { SiteVersion } from '../../sites/site-schema.js';
import { predict, type Motion } from './filter.js';
import type { Track } from './state.js';

/** Shorter gaps need no opinion on what the driver does. */
const BRIEF_MS = 400;
/** A change of lanes is over after about this long, seconds. */
const STRAIGHTENS = 1;

/**
 * Where a track should be at an instant. Over a gap a vehicle keeps its way along the lane, but a change of lanes that was under way
 * comes to its end: going on sideways for seconds would put it off the road.
 */
export function foresee(track: Track, site: SiteVersion, at: number): Motion {
  const motion = predict(track.motion, at);
  const gap = at - track.motion.at;
  if (gap <= BRIEF_MS) return motion;
  const [x, y, vx, vy] = track.motion.s as [number, number, number, number];
  const lane = laneAt(site, [x, y]);
  if (lane === null) return motion;
  const along = dot(lane.direction, [vx, vy]);
  if (Math.abs(along) < 3) return motion;
  const aside = [vx - along * lane.direction[0], vy - along * lane.direction[1]] as const;
  const dt = gap / 1000;
  const left = Math.exp(-dt / STRAIGHTENS);
  const excess = dt - STRAIGHTENS * (1 - left);
  const s = motion.s.slice();
  s[0]! -= aside[0] * excess;
  s[1]! -= aside[1] * excess;
  s[2]! -= aside[0] * (1 - left);
  s[3]! -= aside[1] * (1 - left);
  return { ...motion, s };
}
