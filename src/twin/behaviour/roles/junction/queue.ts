import type { VehicleKind } from '../../../../vision/observation.js';
import type { Cast } from '../../cast.js';
import type { Planner } from '../../planner.js';
import { bowPasses } from './bow.js';
import { comes, slot, type LaneName } from './road.js';
import { CYCLE, GREEN, redFrom } from './signal.js';

/** Plain traffic: a queue at the red light in some lane of the next free cycle. */
export function plain(cast: Cast, planner: Planner): void {
  const r = cast.random;
  const { cycle, lane } = slot(planner, [
    r.pick(['left', 'middle', 'right'] as const),
    'left',
    'middle',
    'right',
  ]);
  queue(cast, cycle, lane, r.whole(1, 3));
}

/** Some that stop before the line and go on green, and one or two that pass on green before them. */
export function queue(cast: Cast, cycle: number, lane: LaneName, count: number): void {
  const r = cast.random;
  const speed = r.between(9, 11);
  for (const early of [6, 3.4]) {
    const passing = comes(cast, {
      lane,
      kind: someKind(cast),
      speed,
      arrives: cycle * CYCLE + GREEN - early,
    });
    if (passing !== null)
      cast.misses(passing, ['red-light'], 'passes-on-green', (h) => bowPasses(h)?.state === 'green');
  }
  for (let i = 0; i < count; i++) {
    const agent = comes(cast, { lane, kind: someKind(cast), speed, arrives: redFrom(cycle) + 2 + i * 2.6 });
    if (agent !== null && i === 0)
      cast.misses(agent, ['red-light'], 'stops-before-the-line', (h) => bowPasses(h)?.state === 'green');
  }
}
export const someKind = (cast: Cast): VehicleKind =>
  cast.random.pick(['car', 'car', 'motorcycle', 'motorcycle', 'truck', 'bus'] as const);
