import { sql } from 'kysely';
import type { Db } from './context.js';

export interface HouseStatus {
  readonly frames: number;
  readonly framesSetAside: number;
  /** Frames whose pictures were let go by the policy, on record. */
  readonly framesLetGo: number;
  readonly observations: number;
  readonly passages: number;
  readonly violations: number;
  readonly cases: Readonly<Record<string, number>>;
  readonly notices: number;
  readonly delivered: number;
  readonly payments: number;
  readonly refusals: number;
  /** Jobs that are due and not done. */
  readonly queueDepth: number;
}

/** Counts of the rows, in one round trip. `payments` counts what was paid. */
export async function houseStatus(db: Db): Promise<HouseStatus> {
  const { rows } = await sql<{ status: HouseStatus }>`
    select json_build_object(
      'frames', (select count(*) from frames),
      'framesSetAside', (select count(*) from frames where state = 'set_aside'),
      'framesLetGo', (select coalesce(sum(frames), 0) from deletion_records),
      'observations', (select count(*) from observations),
      'passages', (select count(*) from passages),
      'violations', (select count(*) from violations),
      'cases', (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, count(*) n from cases group by state) c),
      'notices', (select count(*) from notices),
      'delivered', (select count(*) from deliveries where state = 'delivered'),
      'payments', (select count(*) from payments where state = 'paid'),
      'refusals', (select count(*) from refusals),
      'queueDepth', (select count(*) from outbox where done_at is null and (not_before is null or not_before <= now()))
    ) as status`.execute(db);
  return rows[0]!.status;
}
