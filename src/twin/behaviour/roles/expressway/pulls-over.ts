import type { VehicleKind } from '../../../../vision/observation.js';
import { past, script, stands, type Cast, type ScriptStep } from '../../cast.js';
import type { Agent, Wish } from '../../drive.js';
import type { Planner } from '../../planner.js';
import { CALM } from '../one-way-road.js';
import { at, comes, EMERGENCY, LANE } from './road.js';

/** Into the emergency lane, stop with the bow at y, do something there, drive on. */
export function pullsOver(
  cast: Cast,
  planner: Planner,
  seconds: number,
  y: number,
  there: readonly ScriptStep[],
  stopWish: Partial<Wish> = {},
  kind: VehicleKind = 'car',
): Agent {
  const speed = 20;
  const enters = planner.take([
    { lane: CALM, from: 0, to: 26 + seconds },
    { lane: LANE.emergency, from: 0, to: 26 + seconds },
    { lane: LANE.slow, from: 0, to: 9 },
    { lane: LANE.slow, from: 8 + seconds, to: 30 + seconds },
  ]);
  return comes(cast, {
    kind,
    speed,
    enters,
    driver: script(
      { wish: { speed }, until: past(at(118)) },
      {
        wish: { speed: 17, offset: EMERGENCY, indicator: stopWish.indicator ?? 'right', stopAt: at(y) },
        until: (me) => Math.abs(me.offset - EMERGENCY) < 0.3,
      },
      { wish: { speed: 15, offset: EMERGENCY, stopAt: at(y), ...stopWish }, until: stands },
      ...there,
      { wish: { speed: 10, offset: EMERGENCY, indicator: 'left' }, until: (me) => me.speed > 8 },
      { wish: { speed: 20, offset: 0, indicator: 'left' } },
    ),
  });
}
