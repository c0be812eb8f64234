import { kept, kmh } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { METERED, passes } from './road.js';

export const speeding: readonly Role[] = [
  breaks('speeding', 'speeds-in-town', (cast, planner) => {
    const r = cast.random;
    const kind = r.pick(['car', 'motorcycle'] as const);
    const speed = kmh(60 + r.between(6, 38));
    const agent = passes(cast, planner, { kind, lane: kind === 'car' ? 'cars' : 'mixed', speed });
    cast.speed(agent, METERED);
    cast.violates(agent, 'speeding', 'speeds-in-town', kept(50, 20, speed));
  }),
  nearly('speeding', 'just-over-in-town', (cast, planner) => {
    const agent = passes(cast, planner, { lane: 'cars', speed: kmh(60 + cast.random.between(0.8, 4.2)) });
    cast.speed(agent, METERED);
    cast.misses(agent, ['speeding'], 'just-over-in-town');
  }),
];
