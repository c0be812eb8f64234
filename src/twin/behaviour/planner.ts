/** Metres of road that a clip shows, from entry to exit. */
export const ROAD_METRES = 280;
const LEAST_GAP_SECONDS = 1.9;
const STEP_SECONDS = 0.5;

/** Room that a script needs in a lane, seconds from its start: a plain pass at a speed, or the lane for itself. */
export type Need =
  | { readonly lane: string; readonly at: number; readonly speed: number }
  | { readonly lane: string; readonly from: number; readonly to: number };

interface Pass {
  readonly enters: number;
  readonly speed: number;
}
interface Window {
  readonly from: number;
  readonly to: number;
}

/** Who uses which lane when, so that scripts do not spoil each other: nobody catches up with anybody who is not meant to. */
export class Planner {
  readonly #passes = new Map<string, Pass[]>();
  readonly #windows = new Map<string, Window[]>();
  /** The end of what is planned so far, seconds. */
  end = 0;

  /** The first moment from `from` on at which all needs can be met; they are taken. */
  take(needs: readonly Need[], from = 0): number {
    let at = from;
    while (!needs.every((need) => this.#fits(need, at))) at += STEP_SECONDS;
    for (const need of needs) {
      if ('speed' in need) {
        put(this.#passes, need.lane, { enters: at + need.at, speed: need.speed });
        this.end = Math.max(this.end, at + need.at + ROAD_METRES / need.speed);
      } else {
        put(this.#windows, need.lane, { from: at + need.from, to: at + need.to });
        this.end = Math.max(this.end, at + need.to);
      }
    }
    return at;
  }

  #fits(need: Need, at: number): boolean {
    const windows = this.#windows.get(need.lane) ?? [];
    const passes = this.#passes.get(need.lane) ?? [];
    if ('speed' in need) {
      const me = { enters: at + need.at, speed: need.speed };
      return (
        windows.every((window) => leaves(me) < window.from || me.enters > window.to) &&
        passes.every((other) => keepsClear(other, me))
      );
    }
    const mine = { from: at + need.from, to: at + need.to };
    return (
      windows.every((window) => window.to < mine.from || window.from > mine.to) &&
      passes.every((other) => leaves(other) < mine.from || other.enters > mine.to)
    );
  }
}

const leaves = (pass: Pass): number => pass.enters + ROAD_METRES / pass.speed;

function keepsClear(a: Pass, b: Pass): boolean {
  const [first, second] = a.enters <= b.enters ? [a, b] : [b, a];
  return (
    second.enters - first.enters >= LEAST_GAP_SECONDS && leaves(second) - leaves(first) >= LEAST_GAP_SECONDS
  );
}

function put<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
