import { sql } from 'kysely';
import type { Db } from './context.js';
import type { Topic } from './topics.js';

/** Postgres channel on which a new job is announced when its transaction commits. */
export const OUTBOX_CHANNEL = 'outbox';

const KEPT_DAYS = 7;
const PORTION = 10_000;

/** Drops jobs that were done a week ago, a portion a call: nobody asks about them, and each frame makes three. */
export async function forgetDone(db: Db, now: Date): Promise<number> {
  const old = db
    .selectFrom('outbox')
    .select('id')
    .where('done_at', '<', new Date(now.getTime() - KEPT_DAYS * 86_400_000))
    .orderBy('done_at')
    .limit(PORTION)
    .forUpdate()
    .skipLocked();
  const done = await db.deleteFrom('outbox').where('id', 'in', old).executeTakeFirst();
  return Number(done.numDeletedRows);
}

/**
 * Writes the job that a state change causes, in the state change's own transaction.
 * It is handed to the queue after the commit, at the earliest at `notBefore`. Handlers run at least once.
 */
export async function enqueue(db: Db, topic: Topic, key: string, notBefore?: Date): Promise<void> {
  await db
    .insertInto('outbox')
    .values({ topic, key, not_before: notBefore ?? null })
    .execute();
  await sql`select pg_notify(${OUTBOX_CHANNEL}, ${topic})`.execute(db);
}
