/** The only way to learn the time, so that tests and replays can set it. Instants are UTC. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told to move. */
export function fixedClock(
  start: Date | string,
): Clock & { set(to: Date | string): void; advance(ms: number): void } {
  let instant = new Date(start).getTime();
  return {
    now: () => new Date(instant),
    set: (to) => void (instant = new Date(to).getTime()),
    advance: (ms) => void (instant += ms),
  };
}
