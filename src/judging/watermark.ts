import type { Db } from '../storage/context.js';
import { hasOpenJob } from '../storage/set-aside.js';

/** Frames of one site overtake each other by no more than this on their way. */
const REORDER_MS = 1500;
/** A camera that has sent nothing for this long is not waited for. */
export const SILENT_MS = 6000;
/** An unread frame that nobody is reading holds the watermark until frames captured this much later are read. */
const STUCK_MS = 60_000;
/**
 * One whose job is open is waited for: after an outage of the store new frames are read before old ones, which must not
 * count as seen empty for it. Not for ever, or a single file that the disk cannot give would stop its site.
 */
const HELD_MS = 3 * 86_400_000;

export interface Horizon {
  /** Judging may go up to here. */
  readonly until: Date;
  /** All is read and the cameras are silent: what is still open may be ended. */
  readonly silent: boolean;
  /** Frames are known that lie beyond `until`. */
  readonly more: boolean;
}

/**
 * How far a site may be judged now, by the capture instants of its frames and not by our clock: a camera whose clock is a
 * minute behind is judged a minute behind. Null where it has no frames.
 */
export async function horizon(
  db: Db,
  siteId: string,
  cameraIds: readonly string[],
  now: Date,
): Promise<Horizon | null> {
  const newest = [];
  for (const cameraId of cameraIds) {
    const row = await db
      .selectFrom('frames')
      .select(['captured_at', 'received_at'])
      .where('camera_id', '=', cameraId)
      .where('site_id', '=', siteId)
      .orderBy('captured_at', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined)
      newest.push({ captured: row.captured_at.getTime(), received: row.received_at.getTime() });
  }
  if (newest.length === 0) return null;
  const last = Math.max(...newest.map((one) => one.captured));
  const live = newest.filter((one) => now.getTime() - one.received < SILENT_MS);
  const settled = live.length === 0 ? last : Math.min(...live.map((one) => one.captured)) - REORDER_MS;
  const unread = await oldestUnread(db, siteId, now);
  const until = unread === null ? settled : Math.min(settled, unread - 1);
  return { until: new Date(until), silent: live.length === 0 && unread === null, more: until < last };
}

async function oldestUnread(db: Db, siteId: string, now: Date): Promise<number | null> {
  const read = await db
    .selectFrom('frames')
    .select('captured_at')
    .where('site_id', '=', siteId)
    .where('state', '<>', 'received')
    .orderBy('captured_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  let query = db
    .selectFrom('frames')
    .select('captured_at')
    .where('site_id', '=', siteId)
    .where('judged_at', 'is', null)
    .where('state', '=', 'received');
  if (read !== undefined)
    query = query.where((eb) =>
      eb.or([
        eb('captured_at', '>', new Date(read.captured_at.getTime() - STUCK_MS)),
        eb.and([
          eb('received_at', '>', new Date(now.getTime() - HELD_MS)),
          hasOpenJob('read', eb.ref('frames.id')),
        ]),
      ]),
    );
  const row = await query.orderBy('captured_at').limit(1).executeTakeFirst();
  return row?.captured_at.getTime() ?? null;
}
