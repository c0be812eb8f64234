import { breaks, nearly, type Role } from '../role.js';
import { waits } from '../steps.js';
import { stops } from './stops.js';

export const stopping: readonly Role[] = [
  breaks('stopping', 'stops-in-the-zone', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 22);
    const agent = stops(cast, planner, {
      y: r.between(30, 48),
      seconds,
      lane: r.pick(['mixed', 'cars'] as const),
    });
    cast.violates(agent, 'stopping', 'stops-in-the-zone');
  }),
  nearly('stopping', 'stops-outside-the-zone', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 20);
    cast.misses(
      stops(cast, planner, { y: r.between(-44, -26), seconds }),
      ['stopping'],
      'stops-outside-the-zone',
    );
  }),
  nearly('stopping', 'short-stop-in-the-zone', (cast, planner) => {
    const seconds = cast.random.between(1.5, 5);
    cast.misses(
      stops(cast, planner, { y: cast.random.between(28, 50), seconds }),
      ['stopping'],
      'short-stop-in-the-zone',
    );
  }),
  nearly('stopping', 'breakdown-in-the-zone', (cast, planner) => {
    const seconds = cast.random.between(11, 20);
    const agent = stops(cast, planner, {
      y: cast.random.between(28, 50),
      seconds,
      there: waits(seconds, { indicator: 'hazard' }),
    });
    cast.code(agent, 'hazard-lamps', { every: 5, when: (pose) => pose.speed < 5 });
    cast.misses(agent, ['stopping'], 'breakdown-in-the-zone');
  }),
];
