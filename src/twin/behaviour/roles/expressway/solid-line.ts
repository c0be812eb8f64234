import type { Cast } from '../../cast.js';
import type { Agent } from '../../drive.js';
import type { Planner } from '../../planner.js';
import { crosses } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { changes } from './road.js';

/** Between the two lanes over the line at x = 1.5. */
const over = (
  cast: Cast,
  planner: Planner,
  change: { readonly y: number; readonly to: 'fast' | 'slow'; readonly deep?: number },
): Agent =>
  changes(cast, planner, {
    ...change,
    from: change.to === 'fast' ? 'slow' : 'fast',
    speed: cast.random.between(20, 25),
    ahead: 1.55,
  });
const crossesAt = crosses(1.5);

export const solidLine: readonly Role[] = [
  breaks('solid-line', 'crosses-solid-line', (cast, planner) => {
    const r = cast.random;
    const front = r.chance(0.6);
    const agent = over(cast, planner, {
      y: front ? r.between(31, 39) : r.between(-38, -30),
      to: r.pick(['fast', 'slow'] as const),
    });
    cast.violates(agent, 'solid-line', 'crosses-solid-line', front ? crossesAt(28, 42) : crossesAt(-41, -24));
  }),
  nearly('solid-line', 'crosses-dashed-line', (cast, planner) => {
    const r = cast.random;
    const agent = over(cast, planner, { y: r.between(56, 80), to: r.pick(['fast', 'slow'] as const) });
    cast.misses(agent, ['solid-line'], 'crosses-dashed-line', crossesAt(50, 100));
  }),
  nearly('solid-line', 'wheels-on-the-line', (cast, planner) => {
    const agent = over(cast, planner, { y: 60, to: 'fast', deep: cast.random.between(0.24, 0.34) });
    cast.misses(agent, ['solid-line'], 'wheels-on-the-line');
  }),
];
