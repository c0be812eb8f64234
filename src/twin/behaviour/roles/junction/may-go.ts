import { after, script, stands } from '../../cast.js';
import { onDuty } from '../duty.js';
import { nearly, type Role } from '../role.js';
import { bowPasses } from './bow.js';
import { someKind } from './queue.js';
import { comes, heedless, LINE, slot, turns } from './road.js';
import { AMBER, redFrom } from './signal.js';

/** Who goes while it is red and may, or had crossed the line before. */
export const mayGo: readonly Role[] = [
  nearly('red-light', 'turns-right-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle } = slot(planner, ['right']);
    const speed = r.between(5.5, 8);
    const agent = comes(cast, {
      lane: 'right',
      kind: r.pick(['car', 'car', 'motorcycle', 'motorcycle', 'truck'] as const),
      speed,
      arrives: redFrom(cycle) + r.between(0.6, 13),
      driver: heedless(speed),
      path: turns('right', 'right'),
    });
    if (agent !== null) cast.misses(agent, ['red-light'], 'turns-right-on-red');
  }),
  nearly('red-light', 'fire-engine-on-red', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle']);
    const speed = r.between(9, 13);
    const agent = comes(cast, {
      lane,
      kind: 'truck',
      style: 'box-truck',
      speed,
      arrives: redFrom(cycle) + r.between(1, 12),
      driver: () => ({ speed, blind: true, beacon: true }),
    });
    if (agent === null) return;
    onDuty(cast, agent, 'fire');
    cast.misses(agent, ['red-light'], 'fire-engine-on-red');
  }),
  nearly('red-light', 'caught-beyond-the-line', (cast, planner) => {
    const r = cast.random;
    const { cycle, lane } = slot(planner, ['left', 'middle']);
    const speed = r.between(8, 10);
    const wait = r.between(3, 8);
    // Over the line on green, held up in the junction, on its way again under red.
    const agent = comes(cast, {
      lane,
      kind: r.pick(['car', 'motorcycle'] as const),
      speed,
      arrives: redFrom(cycle) - AMBER - r.between(0.4, 1.5),
      driver: script(
        { wish: { speed, blind: true, stopAt: LINE + 8 }, until: stands },
        { wish: { speed: 0 }, until: after(wait + AMBER) },
        { wish: { speed, blind: true } },
      ),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'caught-beyond-the-line', (h) => bowPasses(h)?.state !== 'red');
  }),
  nearly('red-light', 'starts-with-the-green', (cast, planner) => {
    const { cycle, lane } = slot(planner, ['left', 'middle', 'right']);
    const agent = comes(cast, {
      lane,
      kind: someKind(cast),
      speed: 10,
      arrives: redFrom(cycle) + cast.random.between(2, 15),
    });
    if (agent !== null)
      cast.misses(agent, ['red-light'], 'starts-with-the-green', (h) => bowPasses(h)?.state === 'green');
  }),
];
