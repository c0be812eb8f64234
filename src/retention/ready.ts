import { sql } from 'kysely';
import type { Db } from '../storage/context.js';

/** A frame whose time is over, as far as the frame itself says. */
export interface ReadyFrame {
  readonly id: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly camera_id: string;
  readonly received_at: Date;
}

const COLUMNS = ['id', 'sha256', 'bytes', 'camera_id', 'received_at'] as const;

/**
 * What has nothing before it any more: came before the policy's instant, is read, judged and sealed in the log. Frames that
 * are unread, set aside, or not yet passed by judging stay, however old they are.
 */
const readyFrames = (db: Db, before: Date) =>
  db
    .selectFrom('frames')
    .select(COLUMNS)
    .where('let_go_at', 'is', null)
    .where('received_at', '<', before)
    .where('state', '=', 'read')
    .where('judged_at', 'is not', null)
    .where(
      sql<boolean>`exists (select 1 from log_leaves l where l.kind = 'frame' and l.subject = frames.id::text)`,
    );

/** The next to look at, locked; what another box looks at is left to it. Those that were found needed come when it is time. */
export async function takeReady(trx: Db, before: Date, now: Date, limit: number): Promise<ReadyFrame[]> {
  const fresh = await readyFrames(trx, before)
    .where('look_again_at', 'is', null)
    .orderBy('received_at')
    .limit(limit)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  if (fresh.length === limit) return fresh;
  const again = await readyFrames(trx, before)
    .where('look_again_at', '<=', now)
    .orderBy('look_again_at')
    .limit(limit - fresh.length)
    .forNoKeyUpdate()
    .skipLocked()
    .execute();
  return [...fresh, ...again];
}

/** The same to read only, by portions: those after `last` in the order of their ids. */
export const seeReady = (
  db: Db,
  before: Date,
  now: Date,
  last: string,
  limit: number,
): Promise<ReadyFrame[]> =>
  readyFrames(db, before)
    .where((eb) => eb.or([eb('look_again_at', 'is', null), eb('look_again_at', '<=', now)]))
    .where('id', '>', last)
    .orderBy('id')
    .limit(limit)
    .execute();
