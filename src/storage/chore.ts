import type { Context } from './context.js';

export interface Chore {
  close(): Promise<void>;
}

/** Does a piece of work again and again while the process lives, one turn at a time; what fails is done at the next turn. */
export function startChore(
  ctx: Pick<Context, 'log'>,
  everyMs: number,
  name: string,
  turn: () => Promise<unknown>,
): Chore {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = running
      .then(turn)
      .catch((error: unknown) => ctx.log.error({ err: error, chore: name }, 'a chore failed'));
  }, everyMs);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
