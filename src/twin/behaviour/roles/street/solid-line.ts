import type { Cast } from '../../cast.js';
import type { Agent } from '../../drive.js';
import type { Planner } from '../../planner.js';
import { crosses } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { changes } from './road.js';

/** Between the mixed lane and that of the cars, over the line at x = 1.75. */
const over = (
  cast: Cast,
  planner: Planner,
  change: { readonly y: number; readonly to?: 'cars' | 'mixed'; readonly deep?: number },
): Agent => {
  const to = change.to ?? 'cars';
  return changes(cast, planner, {
    ...change,
    to,
    from: to === 'cars' ? 'mixed' : 'cars',
    speed: cast.random.between(9, 12),
    ahead: 1.65,
  });
};
const crossesAt = crosses(1.75);

export const solidLine: readonly Role[] = [
  breaks('solid-line', 'crosses-solid-line-in-town', (cast, planner) => {
    const r = cast.random;
    const front = r.chance(0.5);
    const agent = over(cast, planner, {
      y: front ? r.between(34, 39) : r.between(-37, -29),
      to: r.pick(['cars', 'mixed'] as const),
    });
    cast.violates(
      agent,
      'solid-line',
      'crosses-solid-line-in-town',
      front ? crossesAt(32, 41) : crossesAt(-41, -25),
    );
  }),
  nearly('solid-line', 'crosses-dashes-in-town', (cast, planner) => {
    const agent = over(cast, planner, { y: cast.random.between(54, 72) });
    cast.misses(agent, ['solid-line'], 'crosses-dashes-in-town', crossesAt(49, 90));
  }),
  nearly('solid-line', 'wheels-on-the-line-in-town', (cast, planner) => {
    cast.misses(
      over(cast, planner, { y: 60, deep: cast.random.between(0.2, 0.32) }),
      ['solid-line'],
      'wheels-on-the-line-in-town',
    );
  }),
];
