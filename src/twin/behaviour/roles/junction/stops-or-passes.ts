import { nearly, type Role } from '../role.js';
import { bowPasses } from './bow.js';
import { queue, someKind } from './queue.js';
import { comes, heedless, LINE, slot } from './road.js';
import { redFrom, stateAt } from './signal.js';

/** Who stops in time, or passes the line while it is not red yet. */
export const stopsOrPasses: readonly Role[] = [
  nearly('red-light', 'stops-before-the-line', (cast, planner) => {
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    queue(cast, cycle, lane, 2);
  }),
  nearly('red-light', 'stops-on-the-line', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(8, 10);
    const over = r.between(0.4, 1.1);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'truck', 'bus'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(1, 6),
      driver: (_me, now) =>
        stateAt(now) === 'green' && now > redFrom(cycle) ? { speed } : { speed, stopAt: LINE + over },
    });
    if (agent !== null) cast.misses(agent, ['red-light'], 'stops-on-the-line');
  }),
  nearly('red-light', 'crosses-on-amber', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(9, 13);
    const agent = comes(cast, {
      lane,
      kind: someKind(cast),
      speed,
      arrives: redFrom(cycle) - r.between(0.35, 2.6),
      driver: heedless(speed),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'crosses-on-amber', (h) => bowPasses(h)?.state === 'amber');
  }),
  nearly('red-light', 'tail-under-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(8, 10);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['bus', 'truck'] as const),
      speed,
      arrives: redFrom(cycle) - r.between(0.12, 0.4),
      driver: heedless(speed),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'tail-under-red', (h) => bowPasses(h)?.state === 'amber');
  }),
];
