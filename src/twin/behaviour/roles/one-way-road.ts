import type { VehicleKind } from '../../../vision/observation.js';
import type { BodyStyle } from '../../picture-spec.js';
import { past, script, stands, type Cast, type Happened } from '../cast.js';
import type { Agent, Driver } from '../drive.js';
import { straight } from '../path.js';
import type { Need, Planner } from '../planner.js';
import { waits } from './steps.js';

/** Not a lane: held while something stands on the road, so that nobody who breaks a rule has that for a reason. */
export const CALM = 'calm';

/** A straight road of named lanes on which lawful travel is -y, so that right of it is -x. */
export interface RoadPlan<Lane extends string> {
  /** Middles of the lanes. */
  readonly x: Readonly<Record<Lane, number>>;
  /** The site's names for them. */
  readonly ids: Readonly<Record<Lane, string>>;
  /** Where those go of whom nothing is said. */
  readonly usual: Lane;
  /** The y at which one enters, and the metres of road from there. */
  readonly start: number;
  readonly metres: number;
}

export interface Coming<Lane extends string> {
  readonly kind?: VehicleKind | 'bicycle';
  readonly style?: BodyStyle;
  readonly lane?: Lane;
  readonly speed: number;
  readonly driver?: Driver;
  readonly enters: number;
  /** Metres off the middle of the lane. */
  readonly aside?: number;
}
export type Passing<Lane extends string> = Omit<Coming<Lane>, 'enters'>;

export interface Change<Lane extends string> {
  /** About where its middle is over the line. */
  readonly y: number;
  readonly from: Lane;
  readonly to: Lane;
  readonly kind?: VehicleKind;
  /** Share of the way to the other lane's middle. */
  readonly deep?: number;
  readonly speed: number;
  /** Seconds from turning the wheel until its middle reaches the line. */
  readonly ahead: number;
}

export interface Breakdown {
  readonly kind?: VehicleKind;
  readonly speed: number;
  readonly enters: number;
  /** Where its bow comes to stand, in the usual lane. */
  readonly y: number;
  readonly seconds: number;
  /** Metres a second at which it goes on. */
  readonly onward: number;
  /** The lamps are reported while it is slower than this. */
  readonly reportedBelow: number;
  readonly name: string;
}

/** The ways of going along one road, as its scripts use them. */
export function oneWayRoad<Lane extends string>({ x, ids, usual, start, metres }: RoadPlan<Lane>) {
  /** Metres of path at a y of the road. */
  const at = (y: number): number => start - y;

  function send(cast: Cast, who: Coming<Lane>, lawful: boolean): Agent {
    const sign = lawful ? 1 : -1;
    return cast.add({
      looks: cast.vehicle(who.kind ?? 'car', who.style),
      path: straight([x[who.lane ?? usual] + (who.aside ?? 0), start * sign], [0, -sign]),
      driver: who.driver ?? (() => ({ speed: who.speed })),
      enters: who.enters,
      leavesAt: metres,
      speed: who.speed,
    });
  }
  const comes = (cast: Cast, who: Coming<Lane>): Agent => send(cast, who, true);
  const inLane = (who: Passing<Lane>): Need => ({ lane: ids[who.lane ?? usual], at: 0, speed: who.speed });

  return {
    at,
    comes,

    /** One vehicle that goes through in one lane at one speed. */
    passes: (cast: Cast, planner: Planner, who: Passing<Lane>): Agent =>
      comes(cast, { ...who, enters: planner.take([inLane(who)]) }),

    /** The same while nothing stands on the road. */
    calmly: (cast: Cast, planner: Planner, who: Passing<Lane>): Agent =>
      comes(cast, {
        ...who,
        enters: planner.take([inLane(who), { lane: CALM, at: 0, speed: who.speed }]),
      }),

    /** The wrong way, with the lane for itself. */
    against(cast: Cast, planner: Planner, who: Passing<Lane> & { readonly lane: Lane }): Agent {
      const enters = planner.take([{ lane: ids[who.lane], from: 0, to: metres / who.speed + 1 }]);
      return send(cast, { ...who, enters }, false);
    },

    /** Stands in its lane with hazard lamps, so that others have to wait or go round it. */
    breaksDown(cast: Cast, who: Breakdown): Agent {
      const agent = comes(cast, {
        ...(who.kind === undefined ? {} : { kind: who.kind }),
        speed: who.speed,
        enters: who.enters,
        driver: script(
          { wish: { speed: who.speed, stopAt: at(who.y) }, until: stands },
          ...waits(who.seconds, { indicator: 'hazard' }),
          { wish: { speed: who.onward } },
        ),
      });
      cast.code(agent, 'hazard-lamps', {
        every: 5,
        when: (pose) => Math.abs(pose.speed) < who.reportedBelow,
      });
      cast.misses(agent, ['stopping'], who.name);
      return agent;
    },

    /** From one lane into another, or only part of the way. */
    changes(cast: Cast, planner: Planner, change: Change<Lane>): Agent {
      const { speed, from, to } = change;
      const enters = planner.take([
        { lane: ids[from], at: 0, speed },
        { lane: ids[to], at: 0, speed },
        { lane: CALM, at: 0, speed },
      ]);
      const offset = (x[from] - x[to]) * (change.deep ?? 1);
      return comes(cast, {
        kind: change.kind ?? 'car',
        lane: from,
        speed,
        enters,
        driver: script(
          { wish: { speed }, until: past(at(change.y) - speed * change.ahead) },
          { wish: { speed, offset, indicator: x[to] > x[from] ? 'left' : 'right' } },
        ),
      });
    },
  };
}

export const kmh = (value: number): number => value / 3.6;

/** Whether it kept its speed between two y of the road. */
export const kept =
  (from: number, to: number, speed: number) =>
  ({ vehicle }: Happened): boolean =>
    vehicle.poses
      .filter((pose) => pose.at[1] <= from && pose.at[1] >= to)
      .every((pose) => Math.abs(pose.speed - speed) < 0.35);

/** Whether its middle crossed the line at an x between two y of the road. */
export const crosses =
  (line: number) =>
  (from: number, to: number) =>
  ({ vehicle }: Happened): boolean => {
    const i = vehicle.poses.findIndex(
      (pose, k) => k > 0 && (pose.at[0] - line) * (vehicle.poses[k - 1]!.at[0] - line) <= 0,
    );
    return i > 0 && vehicle.poses[i]!.at[1] >= from && vehicle.poses[i]!.at[1] <= to;
  };
