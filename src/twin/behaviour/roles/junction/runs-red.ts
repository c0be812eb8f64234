import { after, script, stands } from '../../cast.js';
import { breaks, type Role } from '../role.js';
import { ranRed } from './bow.js';
import { comes, heedless, LINE, slot, turns } from './road.js';
import { redFrom } from './signal.js';

/** Who goes on red. */
export const runs: readonly Role[] = [
  breaks('red-light', 'runs-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const speed = r.between(8, 14);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'car', 'motorcycle', 'motorcycle', 'truck', 'bus'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.9, 13),
      driver: heedless(speed),
      aside: r.between(-0.6, 0.6),
    });
    if (agent !== null) cast.violates(agent, 'red-light', 'runs-red', ranRed);
  }),
  breaks('red-light', 'turns-left-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle } = slot(planner, ['left']);
    const speed = r.between(6.5, 9);
    const agent = comes(cast, {
      lane: 'left',
      kind: r.pick(['car', 'motorcycle'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.9, 11),
      driver: heedless(speed),
      path: turns('left', 'left'),
    });
    if (agent !== null) cast.violates(agent, 'red-light', 'turns-left-on-red', ranRed);
  }),
  breaks('red-light', 'stops-then-goes-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle']);
    const speed = r.between(9, 11);
    const wait = r.between(1, 4);
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'motorcycle', 'motorcycle'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.8, 3),
      driver: script(
        { wish: { speed, stopAt: LINE - 0.7 }, until: stands },
        { wish: { speed: 0 }, until: after(wait) },
        { wish: { speed: 9, blind: true } },
      ),
    });
    if (agent !== null) cast.violates(agent, 'red-light', 'stops-then-goes-on-red', ranRed);
  }),
];
