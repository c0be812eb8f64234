import type { Context } from '../storage/context.js';
import { HopelessJob, type Handlers } from '../storage/handlers.js';
import { EvidenceError } from './errors.js';
import { signHead } from './heads.js';
import { appendLeaf } from './log.js';
import { isRowKind } from './rows.js';
import { unsealed } from './subjects.js';

const HEAD_EVERY_MS = 60_000;
/** An officer can take a decision back for a while; nothing is sealed by the sweep before that. */
const SETTLED_AFTER_MS = 120_000;
const SWEEP = 500;

/** `seal`: key `<kind>/<subject>`. */
export const handlers: Handlers = {
  async seal(ctx, key) {
    const [kind = '', subject = ''] = key.split(/[/:](.*)/s);
    if (!isRowKind(kind)) throw new HopelessJob(`the log knows no rows of kind "${kind}"`);
    try {
      await appendLeaf(ctx.db, { kind, subject, at: ctx.clock.now() });
    } catch (error) {
      if (error instanceof EvidenceError && error.code === 'SUBJECT_UNKNOWN')
        throw new HopelessJob(error.message, { cause: error });
      throw error;
    }
  },
};

/** Signs a head each minute, after sealing what no job has sealed. */
export function startChores(ctx: Context, everyMs = HEAD_EVERY_MS): { close(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const turn = async (): Promise<void> => {
    try {
      await sealForgotten(ctx);
      await signHead(ctx);
    } catch (error) {
      ctx.log.warn({ err: error }, 'evidence log not signed, will try again');
    }
  };
  running = turn();
  const timer = setInterval(() => (running = running.then(turn)), everyMs);
  return {
    async close() {
      clearInterval(timer);
      await running;
    },
  };
}

/**
 * Seals rows of the last day without a leaf: a job may have been set aside, or its room may write none.
 * Older ones are left for the verifier to name. Returns how many.
 */
export async function sealForgotten(ctx: Pick<Context, 'db' | 'clock'>): Promise<number> {
  const at = ctx.clock.now();
  const from = new Date(at.getTime() - 86_400_000);
  const until = new Date(at.getTime() - SETTLED_AFTER_MS);
  const found = await unsealed(ctx.db, { from, until, limit: SWEEP });
  for (const { kind, subject } of found) await appendLeaf(ctx.db, { kind, subject, at });
  return found.length;
}
