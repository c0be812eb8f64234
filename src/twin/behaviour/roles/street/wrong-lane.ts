import { past, script } from '../../cast.js';
import { CALM } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { at, breaksDown, calmly, comes, LANE, METRES } from './road.js';

export const wrongLane: readonly Role[] = [
  breaks('wrong-lane', 'car-in-the-motorcycle-lane', (cast, planner) => {
    cast.violates(
      calmly(cast, planner, { lane: 'moto', speed: cast.random.between(8, 11) }),
      'wrong-lane',
      'car-in-the-motorcycle-lane',
    );
  }),
  breaks('wrong-lane', 'motorcycle-in-the-car-lane', (cast, planner) => {
    const r = cast.random;
    cast.violates(
      calmly(cast, planner, {
        kind: 'motorcycle',
        lane: 'cars',
        speed: r.between(8, 12),
        aside: r.between(-0.5, 0.8),
      }),
      'wrong-lane',
      'motorcycle-in-the-car-lane',
    );
  }),
  nearly('wrong-lane', 'brushes-the-motorcycle-lane', (cast, planner) => {
    const r = cast.random;
    const speed = r.between(9, 12);
    const enters = planner.take([
      { lane: LANE.mixed, at: 0, speed },
      { lane: LANE.moto, from: 0, to: METRES / speed },
    ]);
    const offset = r.between(1.0, 1.35);
    const agent = comes(cast, {
      speed,
      enters,
      driver: script(
        { wish: { speed }, until: past(at(70)) },
        { wish: { speed, offset }, until: past(at(-20)) },
        { wish: { speed, offset: 0 } },
      ),
    });
    cast.misses(agent, ['wrong-lane'], 'brushes-the-motorcycle-lane');
  }),
  nearly('wrong-lane', 'round-a-broken-down-car', (cast, planner) => {
    const r = cast.random;
    const enters = planner.take([
      { lane: LANE.mixed, from: 0, to: 60 },
      { lane: LANE.moto, from: 10, to: 46 },
      { lane: CALM, from: 0, to: 60 },
    ]);
    const y = r.between(32, 42);
    const name = 'breakdown-in-the-zone';
    breaksDown(cast, { speed: 10, enters, y, seconds: 26, onward: 10, reportedBelow: 5, name });
    const speed = r.between(7, 9);
    const agent = comes(cast, {
      speed,
      enters: enters + 17,
      driver: script(
        { wish: { speed }, until: past(at(y + 50)) },
        { wish: { speed, offset: 3.4 }, until: past(at(y - 14)) },
        { wish: { speed, offset: 0 } },
      ),
    });
    cast.misses(agent, ['wrong-lane'], 'round-a-broken-down-car');
  }),
];
