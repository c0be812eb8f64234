import pg from 'pg';
import { sql } from 'kysely';
import type { Context } from './context.js';
import { forgetDone, OUTBOX_CHANNEL } from './outbox.js';
import type { Queues, QueuedJob } from './queues.js';
import { TOPICS, type Topic } from './topics.js';

const BATCH = 500;
const POLL_MS = 500;
/** A job that was handed over this long ago and is not done is handed over again, if the queue has lost it. */
const LOST_AFTER_MS = 120_000;

export interface Dispatcher {
  close(): Promise<void>;
}

/**
 * Hands committed outbox rows to the queue. At start every row that is not done is handed over again: that is how an
 * emptied queue is rebuilt. Several dispatchers may run; each row is taken by one (`for update skip locked`).
 */
export async function startDispatcher(
  ctx: Context,
  queues: Queues,
  databaseUrl: string,
): Promise<Dispatcher> {
  await rebuildQueues(ctx);
  let wake: () => void = () => undefined;
  let stopped = false;
  let listener: pg.Client | undefined;
  const listen = async (): Promise<void> => {
    const client = new pg.Client({
      connectionString: databaseUrl,
      connectionTimeoutMillis: 10_000,
      query_timeout: 10_000,
    });
    client.on('notification', () => wake());
    client.on('error', () => (listener = undefined));
    try {
      await client.connect();
      await client.query(`listen ${OUTBOX_CHANNEL}`);
      listener = client;
    } finally {
      if (listener !== client) void client.end().catch(() => undefined);
    }
  };
  let lastSweep = Date.now();
  const loop = (async () => {
    while (!stopped) {
      try {
        if (listener === undefined) await listen();
        if (Date.now() - lastSweep > LOST_AFTER_MS) {
          lastSweep = Date.now();
          await resendLost(ctx, queues);
          await forgetDone(ctx.db, ctx.clock.now());
        }
        while (!stopped && (await dispatchBatch(ctx, queues)) === BATCH);
      } catch (error) {
        ctx.log.warn({ err: error }, 'dispatcher will try again');
      }
      await new Promise<void>((done) => {
        const timer = setTimeout(done, POLL_MS);
        wake = () => (clearTimeout(timer), done());
      });
    }
  })();
  return {
    async close() {
      stopped = true;
      wake();
      await loop;
      await listener?.end().catch(() => undefined);
    },
  };
}

/** Marks every job that is not done as not yet handed over. Jobs are safe to run again, so nothing is counted twice. */
export async function rebuildQueues(ctx: Pick<Context, 'db' | 'log'>): Promise<number> {
  const result = await ctx.db
    .updateTable('outbox')
    .set({ dispatched_at: null })
    .where('done_at', 'is', null)
    .where('dispatched_at', 'is not', null)
    .executeTakeFirst();
  const rows = Number(result.numUpdatedRows);
  if (rows > 0) ctx.log.info({ rows }, 'jobs handed to the queue again');
  return rows;
}

/** Hands over at most one batch; waiting rows of the same topic and key become one job. Returns the rows taken. */
export async function dispatchBatch(ctx: Context, queues: Queues): Promise<number> {
  return ctx.db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom('outbox')
      .select(['id', 'topic', 'key'])
      .where('dispatched_at', 'is', null)
      .where('done_at', 'is', null)
      .where((eb) => eb.or([eb('not_before', 'is', null), eb('not_before', '<=', ctx.clock.now())]))
      .orderBy('id')
      .limit(BATCH)
      .forUpdate()
      .skipLocked()
      .execute();
    if (rows.length === 0) return 0;
    const jobs = new Map<string, { topic: Topic; job: QueuedJob }>();
    for (const row of rows) {
      jobs.set(`${row.topic}\u001f${row.key}`, {
        topic: row.topic as Topic,
        job: { key: row.key, outboxId: row.id },
      });
    }
    for (const topic of TOPICS) {
      const batch = [...jobs.values()].filter((j) => j.topic === topic).map((j) => j.job);
      if (batch.length > 0) await queues.add(topic, batch);
    }
    await trx
      .updateTable('outbox')
      .set({ dispatched_at: sql`now()` })
      .where(
        'id',
        'in',
        rows.map((row) => row.id),
      )
      .execute();
    return rows.length;
  });
}

async function resendLost(ctx: Context, queues: Queues): Promise<void> {
  const depth = await queues.depth();
  // A long queue is slow, not lost; only a topic whose queue is empty has lost what is still open.
  const empty = TOPICS.filter((topic) => depth[topic] === 0);
  if (empty.length === 0) return;
  await ctx.db
    .updateTable('outbox')
    .set({ dispatched_at: null })
    .where('done_at', 'is', null)
    .where('topic', 'in', empty)
    .where('dispatched_at', '<', sql<Date>`now() - make_interval(secs => ${LOST_AFTER_MS / 1000})`)
    .execute();
}
