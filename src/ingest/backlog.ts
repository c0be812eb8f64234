import { sql } from 'kysely';
import type { Context } from '../storage/context.js';

const FRESH_MS = 500;

/** Says whether more frames wait to be read than we promised to keep up with. One count serves half a second of requests. */
export function backlogGauge(ctx: Pick<Context, 'db' | 'config'>): () => Promise<boolean> {
  let countedAt = -Infinity;
  let counted: Promise<boolean> | undefined;
  return () => {
    const now = performance.now();
    if (counted === undefined || now - countedAt > FRESH_MS) {
      countedAt = now;
      counted = isFull(ctx);
      counted.catch(() => (counted = undefined));
    }
    return counted;
  };
}

async function isFull(ctx: Pick<Context, 'db' | 'config'>): Promise<boolean> {
  const limit = ctx.config.backlogLimit;
  // Stops counting one past the limit: the answer costs the same however long the backlog is.
  const { rows } = await sql<{ waiting: string }>`
    select count(*) as waiting from (select 1 from frames where state = 'received' limit ${limit + 1}) as open`.execute(
    ctx.db,
  );
  return Number(rows[0]?.waiting ?? 0) > limit;
}
