import type { VehicleKind } from '../../../../vision/observation.js';
import { script, stands, type Cast, type ScriptStep } from '../../cast.js';
import type { Agent } from '../../drive.js';
import type { Planner } from '../../planner.js';
import { CALM } from '../one-way-road.js';
import { waits } from '../steps.js';
import { at, comes, LANE, type LaneName } from './road.js';

/** In its lane with the bow at y, does something there, drives on. */
export function stops(
  cast: Cast,
  planner: Planner,
  who: { y: number; seconds: number; lane?: LaneName; kind?: VehicleKind; there?: readonly ScriptStep[] },
): Agent {
  const lane = who.lane ?? 'mixed';
  const enters = planner.take([
    { lane: LANE[lane], from: 0, to: 34 + who.seconds },
    { lane: CALM, from: 0, to: 34 + who.seconds },
  ]);
  return comes(cast, {
    kind: who.kind ?? 'car',
    lane,
    speed: 10,
    enters,
    driver: script(
      { wish: { speed: 10, stopAt: at(who.y) }, until: stands },
      ...(who.there ?? waits(who.seconds)),
      { wish: { speed: 11 } },
    ),
  });
}
