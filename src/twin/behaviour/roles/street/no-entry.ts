import { onDuty } from '../duty.js';
import { breaks, nearly, type Role } from '../role.js';
import { passes } from './road.js';

export const noEntry: readonly Role[] = [
  breaks('no-entry', 'bus-in-a-forbidden-street', (cast, planner) => {
    cast.violates(
      passes(cast, planner, { kind: 'bus', speed: cast.random.between(8, 11) }),
      'no-entry',
      'bus-in-a-forbidden-street',
    );
  }),
  nearly('no-entry', 'van-where-buses-may-not', (cast, planner) => {
    cast.misses(
      passes(cast, planner, {
        style: cast.random.pick(['van', 'minivan'] as const),
        speed: cast.random.between(8, 11),
      }),
      ['no-entry'],
      'van-where-buses-may-not',
    );
  }),
  nearly('no-entry', 'bus-on-duty', (cast, planner) => {
    const speed = cast.random.between(8, 11);
    cast.misses(
      onDuty(
        cast,
        passes(cast, planner, { kind: 'bus', speed, driver: () => ({ speed, beacon: true }) }),
        'police',
      ),
      ['no-entry'],
      'bus-on-duty',
    );
  }),
];
