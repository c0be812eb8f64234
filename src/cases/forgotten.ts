import type { Context } from '../storage/context.js';
import { enqueue } from '../storage/outbox.js';

const EVERY_MS = 10 * 60_000;
const OLD_MS = 30 * 60_000;

/**
 * Asks again for violations that are in no case and whose job was given up, say in a long outage of the register: each
 * has a statutory deadline that does not wait. Gives how many.
 */
export async function matchForgotten(ctx: Pick<Context, 'db' | 'clock'>): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const forgotten = await trx
      .selectFrom('violations as v')
      .select('v.id')
      .where('v.state', '=', 'found')
      .where('v.created_at', '<', new Date(ctx.clock.now().getTime() - OLD_MS))
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox as o')
              .select('o.id')
              .where('o.topic', '=', 'match')
              .where('o.done_at', 'is', null)
              .where((w) => w(w.ref('o.key'), '=', w.cast<string>('v.id', 'text'))),
          ),
        ),
      )
      .orderBy('v.created_at')
      .limit(500)
      .forUpdate('v')
      .skipLocked()
      .execute();
    for (const { id } of forgotten) await enqueue(trx, 'match', id);
    return forgotten.length;
  });
}

/** Looks for forgotten violations every ten minutes while the process lives. */
export function startChores(ctx: Context): { close(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve();
  const timer = setInterval(() => {
    running = matchForgotten(ctx).then(
      (count) => count > 0 && ctx.log.warn({ count }, 'violations without a case are matched again'),
      (error: unknown) => ctx.log.error({ err: error }, 'looking for forgotten violations failed'),
    );
  }, EVERY_MS);
  timer.unref();
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}
