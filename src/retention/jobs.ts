import type { Handlers } from '../storage/handlers.js';
import { startChore, type Chore } from '../storage/chore.js';
import type { Context } from '../storage/context.js';
import { letGoAll } from './let-go.js';
import { policyInWords } from './policy.js';

const EVERY_MS = 10 * 60_000;
/** A turn ends after so many, so that stopping does not wait; three million frames a day are let go all the same. */
const PORTIONS = 20;

export const handlers: Handlers = {};

/** Lets go what the policy lets go every ten minutes while the process lives. */
export function startChores(ctx: Context): Chore {
  ctx.log.info({ hours: ctx.config.retentionHours }, `retention: ${policyInWords(ctx.config)}`);
  return startChore(ctx, EVERY_MS, 'retention', async () => {
    const done = await letGoAll(ctx, PORTIONS);
    if (done.records > 0 || done.removed > 0) ctx.log.info(done, 'pictures let go');
  });
}
