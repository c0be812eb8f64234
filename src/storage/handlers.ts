import { sql } from 'kysely';
import { CodedError } from '../core/errors.js';
import type { Context } from './context.js';
import { isOutage } from './outage.js';
import type { Queues, QueuedJob } from './queues.js';
import type { Topic } from './topics.js';

/** Does the job of one row. Runs at least once: upsert by business key. Throw to have it tried again. */
export type Handler = (ctx: Context, key: string) => Promise<void>;
export type Handlers = Partial<Record<Topic, Handler>>;

/** Thrown (or wrapped) by a handler when trying again cannot help: the job is set aside at once with this reason. */
export class HopelessJob extends Error {
  constructor(reason: string, options?: { cause?: unknown }) {
    super(reason, options);
    this.name = 'HopelessJob';
  }
}

/** Merges the rooms' handlers. @throws {Error} when two rooms claim one topic: a fault of the build, found at boot. */
export function composeHandlers(...rooms: readonly Handlers[]): Handlers {
  const all: Handlers = {};
  for (const room of rooms) {
    for (const [topic, handler] of Object.entries(room) as [Topic, Handler][]) {
      if (all[topic] !== undefined) throw new Error(`two handlers for the job "${topic}"`);
      all[topic] = handler;
    }
  }
  return all;
}

/**
 * Starts a worker a topic; `onSetAside` lets the caller mark the row that could not be done. A job that meets an outage of
 * the store is tried until the store is back; its row stays open meanwhile, which the age of the oldest job tells.
 */
export function startWorkers(
  ctx: Context,
  queues: Queues,
  handlers: Handlers,
  options: {
    concurrency?: Partial<Record<Topic, number>>;
    onSetAside?: (topic: Topic, key: string, reason: string) => Promise<void>;
  } = {},
): { close(): Promise<void> } {
  const workers = (Object.entries(handlers) as [Topic, Handler][]).map(([topic, handle]) =>
    queues.work(
      topic,
      async (job, attempt, last) => {
        try {
          await handle(ctx, job.key);
        } catch (error) {
          const given = error instanceof HopelessJob || (last && !isOutage(error));
          ctx.log.warn({ err: error, topic, key: job.key, attempt, last: given }, 'job failed');
          if (!given) throw error;
          const reason = reasonOf(error);
          // The row first: were it left unmarked after the job is done, nobody would look at it again.
          await options.onSetAside?.(topic, job.key, reason);
          await setAside(ctx, topic, job, reason);
          return;
        }
        await markDone(ctx, topic, job);
        // What was given up once and is done now troubles nobody any more.
        await ctx.db.deleteFrom('set_aside').where('topic', '=', topic).where('key', '=', job.key).execute();
      },
      options.concurrency?.[topic],
    ),
  );
  return { close: async () => void (await Promise.allSettled(workers.map((worker) => worker.close()))) };
}

function reasonOf(error: unknown): string {
  if (error instanceof CodedError) return `${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** A job can be done before the dispatcher has committed that it handed it over: its rows are waited for, then read anew. */
async function markDone(ctx: Context, topic: Topic, job: QueuedJob): Promise<void> {
  await ctx.db.transaction().execute(async (trx) => {
    await trx
      .selectFrom('outbox')
      .select('id')
      .where('topic', '=', topic)
      .where('key', '=', job.key)
      .where('id', '<=', job.outboxId)
      .where('done_at', 'is', null)
      .orderBy('id')
      .forUpdate()
      .execute();
    await trx
      .updateTable('outbox')
      .set({ done_at: sql`now()` })
      .where('topic', '=', topic)
      .where('key', '=', job.key)
      .where('id', '<=', job.outboxId)
      // A row that is put off to a later instant is another job.
      .where('dispatched_at', 'is not', null)
      .where('done_at', 'is', null)
      .execute();
  });
}

async function setAside(ctx: Context, topic: Topic, job: QueuedJob, reason: string): Promise<void> {
  await ctx.db
    .insertInto('set_aside')
    .values({ topic, key: job.key, at: ctx.clock.now(), reason })
    .onConflict((c) => c.columns(['topic', 'key']).doUpdateSet({ at: ctx.clock.now(), reason }))
    .execute();
  await markDone(ctx, topic, job);
}
