import { kept, kmh } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { METERED, passes } from './road.js';

export const belowMinimum: readonly Role[] = [
  breaks('below-minimum', 'crawls-along', (cast, planner) => {
    const r = cast.random;
    const speed = kmh(r.between(34, 53));
    const agent = passes(cast, planner, { kind: r.pick(['car', 'truck'] as const), speed });
    cast.speed(agent, METERED);
    cast.violates(agent, 'below-minimum', 'crawls-along', kept(60, 25, speed));
  }),
  nearly('below-minimum', 'just-above-the-minimum', (cast, planner) => {
    const speed = kmh(cast.random.between(61.5, 66));
    const agent = passes(cast, planner, { speed });
    cast.speed(agent, METERED);
    cast.misses(agent, ['below-minimum'], 'just-above-the-minimum', kept(60, 25, speed));
  }),
  nearly('below-minimum', 'within-the-meters-error', (cast, planner) => {
    const speed = kmh(cast.random.between(57.8, 59.4));
    const agent = passes(cast, planner, { speed });
    cast.speed(agent, METERED);
    cast.misses(agent, ['below-minimum'], 'within-the-meters-error', kept(60, 25, speed));
  }),
  nearly('below-minimum', 'limps-with-hazard-lamps', (cast, planner) => {
    const speed = kmh(cast.random.between(34, 52));
    const agent = passes(cast, planner, { speed, driver: () => ({ speed, indicator: 'hazard' }) });
    cast.code(agent, 'hazard-lamps', { every: 4 });
    cast.speed(agent, METERED);
    cast.misses(agent, ['below-minimum'], 'limps-with-hazard-lamps');
  }),
  nearly('below-minimum', 'slow-but-uncertified', (cast, planner) => {
    const agent = passes(cast, planner, { speed: kmh(cast.random.between(34, 52)) });
    cast.speed(agent, { ...METERED, device: 'R24-9999' });
    cast.misses(agent, ['below-minimum'], 'slow-but-uncertified');
  }),
];
