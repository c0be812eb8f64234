import type { Path } from './path.js';
import type { Looks } from './fleet.js';
import type { ScenePose } from './types.js';

/** What a driver wants at a moment. */
export interface Wish {
  /** Metres a second, forwards; with `backwards` the speed of reversing. */
  readonly speed: number;
  /** Metres to the right of the path's line. */
  readonly offset?: number;
  readonly backwards?: boolean;
  /** Does not mind who is ahead. */
  readonly blind?: boolean;
  readonly indicator?: 'left' | 'right' | 'hazard' | null;
  readonly beacon?: boolean;
  /** Stops with the bow here, metres of the path, if it can be done in comfort or at all. */
  readonly stopAt?: number;
}
export type Driver = (me: Agent, now: number) => Wish;

/** A vehicle on the move. `s` is the middle of its footprint on its path, `offset` to the right of it. */
export interface Agent {
  readonly id: string;
  readonly looks: Looks;
  readonly path: Path;
  readonly driver: Driver;
  /** Seconds at which it enters, and metres of path after which it is gone. */
  readonly enters: number;
  readonly leavesAt: number;
  s: number;
  offset: number;
  drift: number;
  /** Along the path; negative while reversing. */
  speed: number;
  acceleration: number;
  /** Whatever a driver remembers. */
  memory: Record<string, number>;
  poses: ScenePose[];
  firstFrame: number;
}

/** Seconds of one step; two steps a frame at 10 frames a second. */
export const STEP = 0.05;
const COMFORT = { accelerate: 1.8, brake: 3 };
const HARDEST_BRAKE = 7;
const HEADWAY = 1.1;
const STANDING_GAP = 2;

/** The agent's next state by the intelligent driver model (Treiber 2000) with a wish for speed, offset and stopping place. */
export function drive(me: Agent, wish: Wish, ahead: { gap: number; speed: number } | null): void {
  if (wish.backwards === true) {
    me.acceleration = clamp(-wish.speed - me.speed, -1.5 * STEP, 3 * STEP) / STEP;
  } else {
    const wanted = Math.max(0.01, wish.speed);
    const free = COMFORT.accelerate * (1 - (me.speed / wanted) ** 4);
    let pull = me.speed > wanted ? Math.max(-COMFORT.brake, (wanted - me.speed) * 1.5) : free;
    if (wish.speed === 0) pull = -COMFORT.brake;
    if (ahead !== null && wish.blind !== true) pull = Math.min(pull, following(me.speed, ahead, wanted));
    if (wish.stopAt !== undefined)
      pull = Math.min(pull, stopping(me.speed, wish.stopAt - (me.s + me.looks.size.length / 2)));
    me.acceleration = clamp(pull, -HARDEST_BRAKE, COMFORT.accelerate * 1.4);
  }
  const before = me.speed;
  me.speed += me.acceleration * STEP;
  if (wish.backwards !== true && before >= 0 && me.speed < 0) me.speed = 0;
  if (wish.backwards !== true && before < 0) me.speed = Math.min(0, before + 2 * STEP);
  me.s += ((before + me.speed) / 2) * STEP;
  const target = wish.offset ?? me.offset;
  const fastest = Math.min(1.4, 0.02 + Math.abs(me.speed) * 0.12);
  const want = clamp((target - me.offset) * 1.2, -fastest, fastest);
  me.drift += clamp(want - me.drift, -1.6 * STEP, 1.6 * STEP);
  me.offset += me.drift * STEP;
}

function following(speed: number, ahead: { gap: number; speed: number }, wanted: number): number {
  const gap = Math.max(0.3, ahead.gap);
  const desired =
    STANDING_GAP +
    Math.max(
      0,
      speed * HEADWAY + (speed * (speed - ahead.speed)) / (2 * Math.sqrt(COMFORT.accelerate * COMFORT.brake)),
    );
  return COMFORT.accelerate * (1 - (speed / wanted) ** 4 - (desired / gap) ** 2);
}

function stopping(speed: number, gap: number): number {
  if (gap <= 0.05) return -HARDEST_BRAKE;
  const needed = (speed * speed) / (2 * gap);
  return needed > 1.2 ? -needed : Infinity;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
