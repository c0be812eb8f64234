import { sql, type Expression, type SqlBool } from 'kysely';
import type { Context, Db } from './context.js';
import { enqueue } from './outbox.js';
import type { Topic } from './topics.js';

/** A job that was given up, and why. */
export interface SetAsideJob {
  readonly topic: Topic;
  readonly key: string;
  readonly at: Date;
  readonly reason: string;
}

/** Which of them; all if nothing is said. */
export interface WhichJobs {
  readonly topic?: Topic | undefined;
  readonly key?: string | undefined;
}

/** True in a query where the row of this id has a job of the topic that is not done. */
export const hasOpenJob = (topic: Topic, id: Expression<unknown>) =>
  sql<SqlBool>`exists (select 1 from outbox o where o.topic = ${topic} and o.key = ${id}::text and o.done_at is null)`;

/** The oldest first. */
export async function setAsideJobs(db: Db, which: WhichJobs = {}): Promise<SetAsideJob[]> {
  let query = db.selectFrom('set_aside').selectAll().orderBy('at').orderBy('topic').orderBy('key');
  if (which.topic !== undefined) query = query.where('topic', '=', which.topic);
  if (which.key !== undefined) query = query.where('key', '=', which.key);
  return (await query.execute()) as SetAsideJob[];
}

/**
 * Asks for jobs that were given up once more; one that fails again is set aside again. `prepare` puts a topic's row back
 * to where its job takes it up. Gives the jobs.
 */
export async function retryJobs(
  ctx: Pick<Context, 'db'>,
  which: WhichJobs,
  prepare: Partial<Record<Topic, (db: Db, key: string) => Promise<void>>> = {},
): Promise<SetAsideJob[]> {
  return ctx.db.transaction().execute(async (trx) => {
    const jobs = await setAsideJobs(trx, which);
    for (const { topic, key } of jobs) {
      await prepare[topic]?.(trx, key);
      await trx.deleteFrom('set_aside').where('topic', '=', topic).where('key', '=', key).execute();
      await enqueue(trx, topic, key);
    }
    return jobs;
  });
}
