import { script, stands } from '../../cast.js';
import { CALM } from '../one-way-road.js';
import { breaks, nearly, type Role } from '../role.js';
import { waits } from '../steps.js';
import { pullsOver } from './pulls-over.js';
import { at, breaksDown, BROKEN, comes, LANE } from './road.js';

export const stopping: readonly Role[] = [
  breaks('stopping', 'stops-in-emergency-lane', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 24);
    const agent = pullsOver(
      cast,
      planner,
      seconds,
      r.between(24, 60),
      waits(seconds),
      {},
      r.pick(['car', 'car', 'bus', 'truck'] as const),
    );
    cast.violates(agent, 'stopping', 'stops-in-emergency-lane');
    cast.misses(agent, ['emergency-lane'], 'stops-in-emergency-lane');
  }),
  breaks('stopping', 'stops-in-lane', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 18);
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 32 + seconds },
      { lane: CALM, from: 0, to: 32 + seconds },
    ]);
    const agent = comes(cast, {
      kind: r.pick(['car', 'truck'] as const),
      speed: 19,
      enters,
      driver: script(
        { wish: { speed: 19, stopAt: at(r.between(34, 52)) }, until: stands },
        ...waits(seconds),
        { wish: { speed: 20 } },
      ),
    });
    cast.violates(agent, 'stopping', 'stops-in-lane');
  }),
  nearly(['stopping', 'emergency-lane'], 'breakdown-with-hazard-lamps', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(11, 24);
    const agent = pullsOver(
      cast,
      planner,
      seconds,
      r.between(24, 60),
      waits(seconds, { indicator: 'hazard' }),
      { indicator: 'hazard' },
      r.pick(['car', 'bus', 'truck'] as const),
    );
    cast.code(agent, 'hazard-lamps', { every: 5, when: (pose) => pose.speed < 8 });
    cast.misses(agent, ['stopping', 'emergency-lane'], 'breakdown-with-hazard-lamps');
  }),
  nearly('stopping', 'short-stop', (cast, planner) => {
    const agent = pullsOver(
      cast,
      planner,
      4,
      cast.random.between(26, 60),
      waits(cast.random.between(1.5, 4.5)),
    );
    cast.misses(agent, ['stopping'], 'short-stop');
  }),
  nearly(['stopping', 'below-minimum', 'too-close'], 'stands-in-a-queue', (cast, planner) => {
    const r = cast.random;
    const seconds = r.between(14, 20);
    const enters = planner.take([
      { lane: LANE.slow, from: 0, to: 50 + seconds },
      { lane: CALM, from: 0, to: 50 + seconds },
    ]);
    const y = r.between(24, 34);
    breaksDown(cast, { speed: 19, enters, y, seconds, onward: 20, reportedBelow: 8, name: BROKEN });
    for (const later of [3.5, 7]) {
      const agent = comes(cast, {
        kind: r.pick(['car', 'truck', 'bus'] as const),
        speed: 19,
        enters: enters + later,
      });
      cast.misses(agent, ['stopping', 'too-close'], 'stands-in-a-queue');
    }
  }),
];
