import { sql } from 'kysely';
import type { Db } from './context.js';
import type { Topic } from './topics.js';

/** Postgres channel on which a new job is announced when its transaction commits. */
export const OUTBOX_CHANNEL = 'outbox';

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
