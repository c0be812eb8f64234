import { onDuty } from '../duty.js';
import { breaks, nearly, type Role } from '../role.js';
import { against, comes, LANE, METRES } from './road.js';

export const wrongWay: readonly Role[] = [
  breaks('wrong-way', 'rides-against', (cast, planner) => {
    const r = cast.random;
    const agent = against(cast, planner, {
      kind: 'motorcycle',
      lane: 'moto',
      speed: r.between(5, 10),
      aside: r.between(-1, 0.6),
    });
    cast.violates(agent, 'wrong-way', 'rides-against');
  }),
  breaks('wrong-way', 'car-against', (cast, planner) => {
    const agent = against(cast, planner, {
      lane: cast.random.pick(['moto', 'mixed', 'cars'] as const),
      speed: cast.random.between(7, 12),
    });
    cast.violates(agent, 'wrong-way', 'car-against');
  }),
  nearly('wrong-way', 'ambulance-against', (cast, planner) => {
    const speed = cast.random.between(7, 12);
    const agent = onDuty(
      cast,
      against(cast, planner, { style: 'van', lane: 'moto', speed, driver: () => ({ speed, beacon: true }) }),
      'ambulance',
    );
    cast.misses(agent, ['wrong-way'], 'ambulance-against');
  }),
  nearly('wrong-way', 'close-together', (cast, planner) => {
    const speed = cast.random.between(8, 11);
    const enters = planner.take([{ lane: LANE.moto, from: 0, to: METRES / speed + 2 }]);
    for (const [aside, later] of [
      [-0.9, 0],
      [0.1, 0.15],
      [0.95, 0.3],
    ] as const) {
      cast.misses(
        comes(cast, { kind: 'motorcycle', lane: 'moto', speed, aside, enters: enters + later }),
        ['wrong-way', 'reversing'],
        'close-together',
      );
    }
  }),
];
