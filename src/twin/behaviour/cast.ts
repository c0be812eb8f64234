import type { VehicleKind } from '../../vision/observation.js';
import type { BodyStyle } from '../picture-spec.js';
import type { Random } from '../scene/random.js';
import type { Agent, Driver, Wish } from './drive.js';
import { someVehicle, type Looks } from './fleet.js';
import type { Path } from './path.js';
import { FPS } from './simulate.js';
import { boxOf } from './see.js';
import type { LampState } from '../picture-spec.js';
import type { SceneClaim, ScenePose, SceneVehicle, TrueAct, TwinSite } from './types.js';

/** What a finished clip looks like to the scripts that must say what happened in it. */
export interface Happened {
  readonly vehicle: SceneVehicle;
  readonly lamps: Readonly<Record<string, readonly LampState[]>>;
}

interface Act {
  readonly agent: string;
  readonly rule: string;
  readonly name: string;
  readonly violation: boolean;
  /** Whether it came about as written; if absent it always does. */
  readonly check?: (happened: Happened) => boolean;
}
type Claimer = (vehicle: SceneVehicle, random: Random) => SceneClaim[];

/** Collects who comes when, what they do, and what the devices will say of them. */
export class Cast {
  readonly random: Random;
  readonly agents: Agent[] = [];
  readonly #twin: TwinSite;
  readonly #acts: Act[] = [];
  readonly #claims = new Map<string, Claimer[]>();
  readonly #roles = new Map<string, string>();

  constructor(twin: TwinSite, random: Random) {
    this.#twin = twin;
    this.random = random;
  }

  add(agent: {
    looks: Looks;
    path: Path;
    driver: Driver;
    enters: number;
    leavesAt: number;
    speed: number;
    s?: number;
  }): Agent {
    const made: Agent = {
      id: `v${this.agents.length + 1}`,
      s: 0,
      offset: 0,
      drift: 0,
      acceleration: 0,
      memory: {},
      poses: [],
      firstFrame: 0,
      ...agent,
      enters: Math.max(0, Math.round(agent.enters * FPS) / FPS),
    };
    this.agents.push(made);
    return made;
  }

  vehicle(kind: VehicleKind | 'bicycle', style?: BodyStyle): Looks {
    return someVehicle(this.random, kind, style);
  }

  violates(agent: Agent, rule: string, name: string, check?: Act['check']): void {
    this.#acts.push({
      agent: agent.id,
      rule,
      name,
      violation: true,
      ...(check === undefined ? {} : { check }),
    });
    this.#roles.set(agent.id, name);
  }

  misses(agent: Agent, rules: readonly string[], name: string, check?: Act['check']): void {
    for (const rule of rules)
      this.#acts.push({
        agent: agent.id,
        rule,
        name,
        violation: false,
        ...(check === undefined ? {} : { check }),
      });
    this.#roles.set(agent.id, name);
  }

  roleOf(agent: Agent): string {
    return this.#roles.get(agent.id) ?? 'plain';
  }

  /** A speed meter reads the vehicle `times` times while its middle is between two y of the road. */
  speed(
    agent: Agent,
    options: {
      cameraId: string;
      device: string;
      from: number;
      to: number;
      times?: number;
      bias?: number;
      bare?: boolean;
    },
  ): void {
    this.#claim(agent, (vehicle, random) =>
      some(
        framesWhere(
          vehicle,
          (pose) =>
            between(pose.at[1], options.from, options.to) && this.#seen(vehicle, options.cameraId, pose),
        ),
        options.times ?? 2,
      ).map(({ frame, pose }) => ({
        frame,
        cameraId: options.cameraId,
        vehicle: vehicle.id,
        kind: 'speed' as const,
        device: options.device,
        value: round1(Math.abs(pose.speed) * 3.6 + (options.bias ?? 0) + random.between(-0.4, 0.4)),
        ...(options.bare === true ? { bare: true } : {}),
      })),
    );
  }

  /** A distance meter reads the way to the vehicle ahead, every `every` frames between two y. */
  distance(
    agent: Agent,
    leader: Agent,
    options: { cameraId: string; device: string; from: number; to: number; every: number; most?: number },
  ): void {
    this.#claim(agent, (vehicle, random) =>
      framesWhere(vehicle, (pose) => between(pose.at[1], options.from, options.to))
        .filter((_, i) => i % options.every === 0)
        .slice(0, options.most ?? 99)
        .flatMap(({ frame, pose }) => {
          const other = leader.poses[frame - leader.firstFrame];
          if (other === undefined || !this.#seen(vehicle, options.cameraId, pose)) return [];
          const gap =
            Math.hypot(other.at[0] - pose.at[0], other.at[1] - pose.at[1]) -
            (vehicle.size.length + leader.looks.size.length) / 2;
          return [
            {
              frame,
              cameraId: options.cameraId,
              vehicle: vehicle.id,
              kind: 'distance' as const,
              device: options.device,
              value: round1(gap + random.between(-0.2, 0.2)),
            },
          ];
        }),
    );
  }

  /** A device names something it saw of the vehicle, in every `every`th frame of those that show it. */
  code(
    agent: Agent,
    code: string,
    options: {
      every?: number;
      most?: number;
      confidence?: number;
      region?: boolean;
      when?: (pose: ScenePose) => boolean;
    } = {},
  ): void {
    this.#claim(agent, (vehicle) =>
      Object.keys(this.#twin.optics).flatMap((cameraId) =>
        framesWhere(
          vehicle,
          (pose) => (options.when === undefined || options.when(pose)) && this.#seen(vehicle, cameraId, pose),
        )
          .filter((_, i) => i % (options.every ?? 4) === 0)
          .slice(0, options.most ?? 999)
          .map(({ frame }) => ({
            frame,
            cameraId,
            vehicle: vehicle.id,
            kind: 'code' as const,
            code,
            confidence: options.confidence ?? 0.93,
            ...(options.region === true ? { withRegion: true } : {}),
          })),
      ),
    );
  }

  #claim(agent: Agent, claimer: Claimer): void {
    this.#claims.set(agent.id, [...(this.#claims.get(agent.id) ?? []), claimer]);
  }

  #seen(vehicle: SceneVehicle, cameraId: string, pose: ScenePose): boolean {
    const box = boxOf(this.#twin.optics[cameraId]!, vehicle, pose);
    return (
      box !== null &&
      box.clipped[2] - box.clipped[0] > 20 &&
      box.clipped.every((edge, i) => i === 1 || edge === box.whole[i])
    );
  }

  /** The clip's vehicles, claims and truth, after the agents have been driven. */
  finish(lamps: Happened['lamps']): {
    vehicles: SceneVehicle[];
    claims: SceneClaim[];
    violations: TrueAct[];
    nearMisses: TrueAct[];
    void: TrueAct[];
  } {
    const vehicles = this.agents.map((agent) => ({
      id: agent.id,
      ...agent.looks,
      role: this.roleOf(agent),
      enters: agent.firstFrame,
      poses: agent.poses,
    }));
    const byId = new Map(vehicles.map((vehicle) => [vehicle.id, vehicle]));
    const claims = vehicles.flatMap((vehicle) =>
      (this.#claims.get(vehicle.id) ?? []).flatMap((claimer) => claimer(vehicle, this.random)),
    );
    const told = { violations: [] as TrueAct[], nearMisses: [] as TrueAct[], void: [] as TrueAct[] };
    for (const act of this.#acts) {
      const vehicle = byId.get(act.agent)!;
      const came = vehicle.poses.length > 0 && (act.check === undefined || act.check({ vehicle, lamps }));
      const list = !came ? told.void : act.violation ? told.violations : told.nearMisses;
      list.push({
        rule: act.rule,
        name: act.name,
        vehicle: vehicle.id,
        plateText: vehicle.plateText,
        from: vehicle.enters,
        to: vehicle.enters + vehicle.poses.length - 1,
      });
    }
    return {
      vehicles,
      claims: claims.sort((a, b) => a.frame - b.frame || (a.cameraId < b.cameraId ? -1 : 1)),
      ...told,
    };
  }
}

function framesWhere(
  vehicle: SceneVehicle,
  fits: (pose: ScenePose) => boolean,
): { frame: number; pose: ScenePose }[] {
  return vehicle.poses.flatMap((pose, i) => (fits(pose) ? [{ frame: vehicle.enters + i, pose }] : []));
}
const between = (value: number, a: number, b: number): boolean =>
  value >= Math.min(a, b) && value <= Math.max(a, b);
const round1 = (value: number): number => Math.round(value * 10) / 10;
/** `times` of them, evenly spread. */
function some<T>(list: readonly T[], times: number): T[] {
  if (list.length <= times) return [...list];
  return Array.from({ length: times }, (_, i) => list[Math.floor(((i + 0.5) * list.length) / times)]!);
}

export interface ScriptStep {
  readonly wish: Wish | ((me: Agent, now: number) => Wish);
  readonly until?: (me: Agent, now: number) => boolean;
}

/** Wishes one after the other, each until its end has come. */
export function script(...steps: readonly ScriptStep[]): Driver {
  return (me, now) => {
    let i = me.memory.step ?? 0;
    while (i < steps.length - 1 && steps[i]!.until?.(me, now) === true) {
      i++;
      me.memory.step = i;
      me.memory.since = now;
    }
    const { wish } = steps[i]!;
    return typeof wish === 'function' ? wish(me, now) : wish;
  };
}
/** Ends a step after some seconds of it. */
export const after =
  (seconds: number) =>
  (me: Agent, now: number): boolean =>
    now - (me.memory.since ?? now) >= seconds;
/** Ends a step at some metres of the path. */
export const past =
  (s: number) =>
  (me: Agent): boolean =>
    me.s >= s;
/** Ends a step once the vehicle stands. */
export const stands = (me: Agent): boolean => Math.abs(me.speed) < 0.1;
