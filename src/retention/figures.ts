import { sql } from 'kysely';
import type { Db } from '../storage/context.js';

export interface RetentionFigures {
  readonly framesLetGo: number;
  readonly bytesLetGo: number;
  /** Age of the oldest picture that is judged and that nobody is known to need, seconds; 0 where there is none. */
  readonly oldestFrameKeptSeconds: number;
}

/** What was let go since the house began, and how far behind the policy is. */
export async function retentionFigures(db: Db, now: Date): Promise<RetentionFigures> {
  const { rows } = await sql<RetentionFigures>`
    select (select coalesce(sum(frames), 0) from deletion_records)::float8 as "framesLetGo",
      (select coalesce(sum(bytes), 0) from deletion_records)::float8 as "bytesLetGo",
      (select coalesce(extract(epoch from ${now}::timestamptz - min(received_at)), 0) from frames
        where let_go_at is null and look_again_at is null and state = 'read' and judged_at is not null
      )::float8 as "oldestFrameKeptSeconds"`.execute(db);
  return rows[0]!;
}
